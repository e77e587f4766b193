package dev.steadymail.testkit.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is on its way to a receiver, and how slowly it goes. Guarded by the loop's lock. */
final class Outlet {

    private final Wiring wiring;
    private final Direction direction;
    private final Leg sink;
    private final Runnable wake;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private long cost;
    private long latencyNanos;
    private boolean oneByte;
    private @Nullable Pacer pacer;
    private Timers.@Nullable Timer timer;

    /** @param wake called when it is time to {@link #flush()} again */
    Outlet(Wiring wiring, Direction direction, Leg sink, Runnable wake) {
        this.wiring = wiring;
        this.direction = direction;
        this.sink = sink;
        this.wake = wake;
    }

    void delay(long nanos) {
        latencyNanos = nanos;
    }

    void pace(Pacer newPacer) {
        pacer = newPacer;
    }

    void oneByteWrites() {
        oneByte = true;
    }

    /** Returns how many octets may be taken from the sender now. */
    int room() {
        return Math.toIntExact(Math.max(0, wiring.bufferBytes() - cost));
    }

    boolean isEmpty() {
        return parcels.isEmpty();
    }

    void add(byte[] octets) {
        wiring.tally().held(octets.length);
        add(new Parcel(System.nanoTime() + latencyNanos, ByteBuffer.wrap(octets), null));
    }

    void end(Ending ending) {
        add(new Parcel(System.nanoTime() + latencyNanos, ByteBuffer.allocate(0), ending));
    }

    private void add(Parcel parcel) {
        parcels.add(parcel);
        cost += parcel.cost();
    }

    /** Ends all slowness and makes due what is on its way. */
    void release() {
        latencyNanos = 0;
        oneByte = false;
        pacer = null;
        cancelTimer();
        long now = System.nanoTime();
        for (int left = parcels.size(); left > 0; left--) {
            parcels.add(parcels.remove().dueAt(now));
        }
    }

    /** Drops what is on its way. */
    void clear() {
        cancelTimer();
        sink.want(SelectionKey.OP_WRITE, false);
        parcels.forEach(parcel -> wiring.tally().dropped(parcel.octets().remaining()));
        parcels.clear();
        cost = 0;
    }

    /**
     * Writes what is due, and sees to it that the rest is not forgotten.
     *
     * @return the end that has been reached; null if there is none yet
     */
    @Nullable
    Ending flush() throws IOException {
        sink.want(SelectionKey.OP_WRITE, false);
        Parcel head;
        while ((head = parcels.peek()) != null) {
            long start = earliest(head);
            if (start - System.nanoTime() > 0) {
                wakeAt(start);
                return null;
            }
            if (head.octets().hasRemaining() && !write(head)) {
                sink.want(SelectionKey.OP_WRITE, true);
                return null;
            }
            if (!head.octets().hasRemaining()) {
                remove(head);
                if (head.ending() != null) {
                    return head.ending();
                }
            }
        }
        return null;
    }

    private void remove(Parcel head) {
        parcels.remove();
        cost -= head.cost();
    }

    private long earliest(Parcel parcel) {
        if (pacer == null || pacer.freeAt() - parcel.dueNanos() <= 0) {
            return parcel.dueNanos();
        }
        return pacer.freeAt();
    }

    /** Writes as much as may be written at once; false if the rest has to wait for the socket. */
    private boolean write(Parcel parcel) throws IOException {
        ByteBuffer octets = parcel.octets();
        int portion = portion(octets.remaining());
        int written = sink.write(octets.slice(octets.position(), portion));
        octets.position(octets.position() + written);
        cost -= written;
        wiring.tally().written(direction, written);
        if (pacer != null) {
            pacer.spent(written, System.nanoTime());
        }
        // A turn of the loop between single octets lets the receiver meet them one by one.
        return written == portion && !oneByte;
    }

    private int portion(int remaining) {
        int most = pacer == null ? remaining : Math.min(remaining, pacer.portion());
        return oneByte ? Math.min(1, most) : most;
    }

    private void wakeAt(long nanos) {
        if (timer == null) {
            timer = wiring.timers().at(nanos, this::wake);
        }
    }

    private void wake() {
        timer = null;
        wake.run();
    }

    private void cancelTimer() {
        if (timer != null) {
            wiring.timers().cancel(timer);
            timer = null;
        }
    }
}
