package dev.steadymail.testkit.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sender sends, and what goes wrong with it at which octet. Guarded by the loop's lock. */
final class Intake {

    private final Tally tally;
    private final Outlet outlet;

    /** Faults whose place has not been reached, the nearest first. */
    private final List<ProxyFault.OnStream> pending = new ArrayList<>();

    private final List<ProxyFault.FlipBit> flips = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private long position;
    private boolean dropping;
    private boolean blackHole;

    Intake(Tally tally, Outlet outlet) {
        this.tally = tally;
        this.outlet = outlet;
    }

    /** Tells whether what the sender says from now on is dropped. */
    boolean isDropping() {
        return dropping;
    }

    /** Tells whether the receiver is to learn nothing about the sender any more. */
    boolean isBlackHole() {
        return blackHole;
    }

    void plant(ProxyFault.OnStream fault) {
        int index = pending.size();
        while (index > 0
                && pending.get(index - 1).place().afterBytes() > fault.place().afterBytes()) {
            index--;
        }
        pending.add(index, fault);
    }

    /** Forgets the faults that have not acted. */
    void clear() {
        pending.clear();
        flips.clear();
        recordings.clear();
    }

    void drop() {
        dropping = true;
        clear();
    }

    /** Passes on an end, unless there was one before. */
    void end(Ending.Kind kind, ProxyFault.@Nullable OnStream cause) {
        if (!dropping) {
            outlet.end(new Ending(kind, cause));
            drop();
        }
    }

    void take(byte[] octets) {
        int from = 0;
        while (from < octets.length && !dropping) {
            int length = stretch(octets.length - from);
            byte[] stretch = Arrays.copyOfRange(octets, from, from + length);
            flip(stretch);
            outlet.add(stretch);
            repeat(stretch);
            from += length;
            position += length;
            actDue();
        }
    }

    /** Returns how many octets pass before something happens again. */
    private int stretch(int available) {
        long stretch = pending.isEmpty() ? available : pending.get(0).place().afterBytes() - position;
        for (Recording recording : recordings) {
            stretch = Math.min(stretch, recording.missing());
        }
        return (int) Math.min(stretch, available);
    }

    private void flip(byte[] octets) {
        for (ProxyFault.FlipBit flip : flips) {
            octets[0] ^= (byte) (1 << flip.bit());
            tally.used(flip);
        }
        flips.clear();
    }

    private void repeat(byte[] octets) {
        recordings.forEach(recording -> recording.add(octets));
        for (Recording recording : recordings) {
            if (recording.missing() == 0) {
                outlet.add(recording.range());
                tally.used(recording.fault());
            }
        }
        recordings.removeIf(recording -> recording.missing() == 0);
    }

    /** Lets the faults act whose place has been reached. */
    void actDue() {
        while (!pending.isEmpty() && pending.get(0).place().afterBytes() <= position) {
            act(pending.remove(0));
        }
    }

    private void act(ProxyFault.OnStream fault) {
        if (fault instanceof ProxyFault.FlipBit flip) {
            flips.addAll(here(flip));
        } else if (fault instanceof ProxyFault.Duplicate duplicate) {
            here(duplicate).forEach(range -> recordings.add(new Recording(range)));
        } else if (!slows(fault)) {
            end(fault);
        }
    }

    /** Returns the fault, or nothing if its place has passed already. */
    private <F extends ProxyFault.OnStream> List<F> here(F fault) {
        return fault.place().afterBytes() == position ? List.of(fault) : List.of();
    }

    private boolean slows(ProxyFault.OnStream fault) {
        if (fault instanceof ProxyFault.Delay delay) {
            outlet.delay(delay.latency().toNanos());
        } else if (fault instanceof ProxyFault.Throttle throttle) {
            outlet.pace(new Pacer(throttle.bytesPerSecond(), System.nanoTime()));
        } else if (fault instanceof ProxyFault.OneByteWrites) {
            outlet.oneByteWrites();
        } else {
            return false;
        }
        tally.used(fault);
        return true;
    }

    /** The last kinds; those that wait behind octets are counted when they come to pass. */
    private void end(ProxyFault.OnStream fault) {
        if (fault instanceof ProxyFault.BlackHole) {
            blackHole = true;
            drop();
            tally.used(fault);
        } else if (fault instanceof ProxyFault.Reset) {
            end(Ending.Kind.RESET, fault);
        } else if (fault instanceof ProxyFault.Cut) {
            end(Ending.Kind.CUT, fault);
        } else {
            end(Ending.Kind.FINISH, fault);
        }
    }
}
