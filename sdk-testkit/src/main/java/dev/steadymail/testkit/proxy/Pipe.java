package dev.steadymail.testkit.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** One direction of a connection, from its sender to its receiver. Guarded by the loop's lock. */
final class Pipe {

    private final Link link;
    private final Wiring wiring;
    private final Leg source;
    private final Leg sink;
    private final Outlet outlet;
    private final Intake intake;
    private boolean ended;

    Pipe(Link link, Wiring wiring, Direction direction, Leg source, Leg sink) {
        this.link = link;
        this.wiring = wiring;
        this.source = source;
        this.sink = sink;
        outlet = new Outlet(wiring, direction, sink, this::pump);
        intake = new Intake(wiring.tally(), outlet);
    }

    void plant(ProxyFault.OnStream fault) {
        intake.plant(fault);
    }

    /** Lets faults act that are due without a further octet, and forwards. */
    void start() {
        intake.actDue();
        pump();
    }

    /** Forgets faults and forwards at once what they held back. */
    void clearFaults() {
        intake.clear();
        outlet.release();
    }

    /** Reads once. The selector says again if there is more, so that connections take turns. */
    void read() {
        ByteBuffer scratch = wiring.scratch().clear();
        if (!intake.isDropping()) {
            scratch.limit(Math.min(scratch.capacity(), outlet.room()));
        }
        if (scratch.hasRemaining()) {
            readInto(scratch);
        }
        pump();
    }

    private void readInto(ByteBuffer scratch) {
        try {
            if (source.read(scratch) < 0) {
                sourceEnded(Ending.Kind.FINISH);
                return;
            }
        } catch (IOException reset) {
            sourceEnded(Ending.Kind.RESET);
            return;
        }
        byte[] octets = new byte[scratch.flip().remaining()];
        scratch.get(octets);
        intake.take(octets);
    }

    private void sourceEnded(Ending.Kind kind) {
        ended = true;
        intake.end(kind, null);
    }

    /** Forwards what may go now, and reads on if there is room. */
    void pump() {
        try {
            Ending ending;
            while ((ending = outlet.flush()) != null) {
                perform(ending);
            }
        } catch (IOException unreachable) {
            drop();
            link.opposite(this).sourceLost();
        }
        source.want(SelectionKey.OP_READ, !ended && (intake.isDropping() || outlet.room() > 0));
        link.settle();
    }

    private void perform(Ending ending) {
        if (ending.cause() != null) {
            wiring.tally().used(ending.cause());
        }
        switch (ending.kind()) {
            case FINISH -> sink.finish();
            case CUT -> link.cut();
            case RESET -> link.reset();
        }
    }

    /**
     * Takes note that the sender can no longer be written to, which it may show before it is read from. Its end keeps its place behind what
     * it has sent, even behind a FIN.
     */
    private void sourceLost() {
        ended = true;
        if (!intake.isBlackHole()) {
            intake.drop();
            outlet.end(new Ending(Ending.Kind.RESET, null));
        }
        pump();
    }

    /** Drops what is on its way and whatever comes. */
    void drop() {
        intake.drop();
        outlet.clear();
    }

    /** Tells whether the sender has ended and the receiver has everything. */
    boolean isDone() {
        return ended && outlet.isEmpty();
    }
}
