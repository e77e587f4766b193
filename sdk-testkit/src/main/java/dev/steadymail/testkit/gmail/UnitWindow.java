package dev.steadymail.testkit.gmail;

import dev.steadymail.guard.QuotaLimit;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The units of one limit that are spent at a moment. Not threadsafe: used under its meter's lock. */
abstract sealed class UnitWindow {
    final QuotaLimit limit;

    private UnitWindow(QuotaLimit limit) {
        this.limit = limit;
    }

    static UnitWindow of(QuotaLimit limit, GmailQuota.Window kind) {
        return switch (kind) {
            case FIXED -> new Fixed(limit);
            case SLIDING -> new Sliding(limit);
        };
    }

    final boolean fits(Instant now, int units) {
        return spent(now) + units <= limit.units();
    }

    abstract long spent(Instant now);

    abstract void spend(Instant now, int units);

    /** Returns when so many units will fit, if nothing else is spent meanwhile. */
    abstract Instant freeFrom(Instant now, int units);

    /** Windows that begin at multiples of their length. */
    private static final class Fixed extends UnitWindow {
        private long number = Long.MIN_VALUE;
        private long spent;

        Fixed(QuotaLimit limit) {
            super(limit);
        }

        @Override
        long spent(Instant now) {
            return numberAt(now) == number ? spent : 0;
        }

        @Override
        void spend(Instant now, int units) {
            spent = spent(now) + units;
            number = numberAt(now);
        }

        @Override
        Instant freeFrom(Instant now, int units) {
            return Instant.ofEpochMilli((numberAt(now) + 1) * limit.window().toMillis());
        }

        private long numberAt(Instant now) {
            return Math.floorDiv(now.toEpochMilli(), limit.window().toMillis());
        }
    }

    /** A window that ends now. */
    private static final class Sliding extends UnitWindow {
        private final Deque<Charge> charges = new ArrayDeque<>();
        private long spent;

        private record Charge(long atMillis, int units) {}

        Sliding(QuotaLimit limit) {
            super(limit);
        }

        @Override
        long spent(Instant now) {
            long oldest = now.toEpochMilli() - limit.window().toMillis();
            for (Charge first = charges.peekFirst();
                    first != null && first.atMillis() <= oldest;
                    first = charges.peekFirst()) {
                spent -= charges.removeFirst().units();
            }
            return spent;
        }

        @Override
        void spend(Instant now, int units) {
            long at = now.toEpochMilli();
            Charge last = charges.peekLast();
            int together = units;
            // One entry for a millisecond bounds the list by the length of the window.
            if (last != null && last.atMillis() == at) {
                together += charges.removeLast().units();
            }
            charges.addLast(new Charge(at, together));
            spent += units;
        }

        @Override
        Instant freeFrom(Instant now, int units) {
            long over = spent(now) + units - limit.units();
            for (Charge charge : charges) {
                over -= charge.units();
                if (over <= 0) {
                    return Instant.ofEpochMilli(
                            charge.atMillis() + limit.window().toMillis());
                }
            }
            return now.plus(limit.window());
        }
    }
}
