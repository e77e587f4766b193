package dev.steadymail.hybrid;

import dev.steadymail.hybrid.HybridOptions.WhenSpent;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.StateLists.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the raw messages of a back-fill by the second door as far as it can, and the rest by the first. The second has at most half of
 * a call's time. Thread-safe.
 */
final class BulkBodies {
    private static final int AT_ONCE = 500;
    private static final int AT_ONCE_WHEN_SLOWED = 25;

    private final MailProvider first;
    private final SecondDoor door;
    private final BulkReader reader;
    private final Walk walk;
    private final HybridOptions options;
    private final AtomicLong bySecond = new AtomicLong();
    private final AtomicLong byFirst = new AtomicLong();
    /** The states whose emails were compared last. */
    private final AtomicReference<@Nullable Listed> compared = new AtomicReference<>();

    BulkBodies(MailProvider first, SecondDoor door, BulkReader reader, Walk walk, HybridOptions options) {
        this.first = first;
        this.door = door;
        this.reader = reader;
        this.walk = walk;
        this.options = options;
    }

    void read(List<EmailId> ids, RawVisitor visitor, Call call) {
        boolean bulk = call.lane() == Lane.BACKFILL && ids.size() >= options.minEmails();
        if (!bulk) {
            first.raw(ids, visitor, call);
        } else if (!door.isOpen()) {
            byFirst(ids, visitor, call);
        } else if (door.meter().isSpent()) {
            whenSpent(ids, visitor, call);
        } else {
            readBoth(ids, visitor, call);
        }
    }

    private void readBoth(List<EmailId> ids, RawVisitor visitor, Call call) {
        Listed states = walk.states(ids.size(), call);
        if (states == null) {
            byFirst(ids, visitor, call);
            return;
        }
        Handed handed = new Handed(ids, states, visitor, this::stopWhenOver);
        Comparison comparison = comparedByFirst(handed, states, visitor, call);
        List<EmailId> unreached;
        try {
            unreached = bySecond(handed, comparison, call);
        } finally {
            bySecond.addAndGet(handed.count());
        }
        Set<EmailId> beyond = new HashSet<>(unreached);
        List<EmailId> missing = new ArrayList<>(handed.left());
        missing.removeIf(beyond::contains);
        byFirst(missing, visitor, call);
        whenSpent(unreached, visitor, call);
    }

    /** Returns the emails for which no octets were left. */
    private List<EmailId> bySecond(Handed handed, @Nullable Comparison comparison, Call call) {
        Call part = call.within(call.deadline().remaining().dividedBy(2));
        try {
            if (comparison != null && !isSame(comparison, part)) {
                return List.of();
            }
            List<EmailId> unreached = readAll(handed, part);
            door.worked();
            return unreached;
        } catch (Spent stop) {
            return handed.known();
        } catch (MailException failure) {
            if (handed.isTheirs() || failure.kind() == Kind.CANCELLED) {
                throw failure;
            }
            if (failure.kind() != Kind.DEADLINE || handed.count() == 0) {
                door.failed(failure);
            }
            return List.of();
        } finally {
            door.count();
        }
    }

    private List<EmailId> readAll(Handed handed, Call call) {
        List<EmailId> ids = handed.known();
        for (int from = 0; from < ids.size(); ) {
            if (door.meter().isSpent() || !door.pause(call.deadline())) {
                return ids.subList(from, ids.size());
            }
            int some = door.meter().isSlow() ? AT_ONCE_WHEN_SLOWED : AT_ONCE;
            int to = Math.min(ids.size(), from + some);
            reader.read(ids.subList(from, to), handed, call);
            door.count();
            from = to;
        }
        return List.of();
    }

    /** Reads some emails of each walk by the first door, to be compared with what the second serves; null where that is done. */
    private @Nullable Comparison comparedByFirst(Handed handed, Listed states, RawVisitor visitor, Call call) {
        if (options.sample() == 0 || compared.get() == states) {
            return null;
        }
        Comparison comparison = new Comparison(handed.known(), options.sample(), states);
        comparison.byFirst(first, visitor, handed, call);
        byFirst.addAndGet(comparison.read());
        return comparison;
    }

    private boolean isSame(Comparison comparison, Call call) {
        comparison.bySecond(reader, call);
        String difference = comparison.difference();
        if (difference != null) {
            door.turnOff(difference);
            return false;
        }
        compared.set(comparison.states());
        return true;
    }

    /** What was asked for is better taken than thrown away, as long as there is room. */
    private void stopWhenOver() {
        door.count();
        if (door.meter().isOver()) {
            throw new Spent();
        }
    }

    private void byFirst(List<EmailId> ids, RawVisitor visitor, Call call) {
        if (!ids.isEmpty()) {
            byFirst.addAndGet(ids.size());
            first.raw(ids, visitor, call);
        }
    }

    private void whenSpent(List<EmailId> ids, RawVisitor visitor, Call call) {
        if (options.whenSpent() == WhenSpent.READ_BY_FIRST) {
            byFirst(ids, visitor, call);
            return;
        }
        MailException later = MailException.builder(
                        Kind.THROTTLED,
                        "the octets that may be read in bulk in a day are used up; sync again later, or raise dailyBytes")
                .retryAt(door.meter().wholeAt())
                .build();
        ids.forEach(id -> visitor.unreadable(id, later));
    }

    HybridReading facts() {
        return door.facts(bySecond.get(), byFirst.get());
    }

    /** Ends a reading in its middle. */
    private static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spent() {
            super("the day's octets are used up", null, false, false);
        }
    }
}
