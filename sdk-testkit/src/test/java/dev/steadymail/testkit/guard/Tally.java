package dev.steadymail.testkit.guard;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers of guards met, of one account or of many. */
final class Tally {
    final Map<Lane, Waits> waits = new EnumMap<>(Lane.class);
    final Map<Kind, Integer> failures = new EnumMap<>(Kind.class);
    private final Map<Lane, Integer> open = new EnumMap<>(Lane.class);
    long asked;
    long attempts;
    long succeeded;

    Tally() {
        for (Lane lane : Lane.values()) {
            waits.put(lane, new Waits());
            open.put(lane, 0);
        }
    }

    Waits waits(Lane lane) {
        return waits.get(lane);
    }

    /** Returns how many calls of a lane have not ended. */
    int open(Lane lane) {
        return open.get(lane);
    }

    void ask(Lane lane) {
        asked++;
        open.merge(lane, 1, Integer::sum);
    }

    void end(Lane lane, @Nullable MailException failure) {
        open.merge(lane, -1, Integer::sum);
        if (failure == null) {
            succeeded++;
        } else {
            failures.merge(failure.kind(), 1, Integer::sum);
        }
    }

    @Override
    public String toString() {
        return "asked " + asked + ", attempts " + attempts + ", succeeded " + succeeded + ", failures " + failures
                + ", open " + open + ", waits " + waits;
    }
}
