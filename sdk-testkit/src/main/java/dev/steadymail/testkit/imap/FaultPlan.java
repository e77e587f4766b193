package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that still have to happen, in the order in which they were injected. Thread-safe. */
final class FaultPlan {

    private static final String EVERY_COMMAND = "*";

    private final List<Armed> armed = new ArrayList<>();

    synchronized void add(ImapFault fault, FaultCount count) {
        armed.add(new Armed(fault, count));
    }

    synchronized void clear() {
        armed.clear();
    }

    <F extends ImapFault> @Nullable F take(Class<F> kind) {
        return take(kind, fault -> true);
    }

    ImapFault.@Nullable OnCommand takeFor(String command) {
        return take(ImapFault.OnCommand.class, fault -> names(fault.command(), command));
    }

    /** Counts one occasion for the faults of a kind, up to the first that acts; that one is returned. */
    private synchronized <F extends ImapFault> @Nullable F take(Class<F> kind, Predicate<F> concerned) {
        Iterator<Armed> each = armed.iterator();
        while (each.hasNext()) {
            Armed candidate = each.next();
            if (kind.isInstance(candidate.fault) && concerned.test(kind.cast(candidate.fault)) && candidate.acts()) {
                if (candidate.times == 0) {
                    each.remove();
                }
                return kind.cast(candidate.fault);
            }
        }
        return null;
    }

    /** Tells whether a name given by a test, such as FETCH or *, means this command. */
    static boolean names(String wanted, String command) {
        String name = wanted.toUpperCase(Locale.ROOT);
        return name.equals(EVERY_COMMAND) || name.equals(command) || command.equals("UID " + name);
    }

    private static final class Armed {
        private final ImapFault fault;
        private int skip;
        private int times;

        Armed(ImapFault fault, FaultCount count) {
            this.fault = fault;
            this.skip = count.skip();
            this.times = count.times();
        }

        boolean acts() {
            if (skip > 0) {
                skip--;
                return false;
            }
            if (times != Integer.MAX_VALUE) {
                times--;
            }
            return true;
        }
    }
}
