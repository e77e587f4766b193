package dev.steadymail.cache;

import dev.steadymail.mail.EmailId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers when emails were changed or touched last, so that nothing is taken from elsewhere that is older. Not thread-safe. */
final class ChangeTimes {
    private static final int MOST = 2_000;

    private final Map<EmailId, Long> times = new LinkedHashMap<>();
    private long all;

    /** Takes when nothing had been changed yet. */
    ChangeTimes(long now) {
        this.all = now;
    }

    void changed(EmailId id, long now) {
        times.remove(id);
        times.put(id, now);
        if (times.size() > MOST) {
            Iterator<Long> eldest = times.values().iterator();
            all = Math.max(all, eldest.next());
            eldest.remove();
        }
    }

    void changedAll(long now) {
        all = Math.max(all, now);
        times.clear();
    }

    /** Returns whether what was true of an email then may have changed here since. What was before this began may have been changed by who was before. */
    boolean changedSince(EmailId id, long then) {
        return then <= Math.max(all, times.getOrDefault(id, all));
    }
}
