package dev.steadymail.guard;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import org.jspecify.annotations.Nullable;

/**
 * Breaks an attempt when the thread that runs it is interrupted. A thread that reads from a socket does not notice; the JDK closes
 * an interruptible channel for it though, and this is such a channel around whatever the attempt is blocked in.
 */
final class InterruptibleAction extends AbstractInterruptibleChannel implements Runnable {
    private static final ThreadLocal<InterruptibleAction> CURRENT = new ThreadLocal<>();

    private final Cancellation cancellation;
    private final Runnable action;
    /** What an attempt around this one is blocked in: a thread has one hook only. */
    private @Nullable InterruptibleAction outer;

    InterruptibleAction(Cancellation cancellation, Runnable action) {
        this.cancellation = cancellation;
        this.action = action;
    }

    /** Interruptions of this thread count from now on; one that came before counts at once. */
    void start() {
        outer = CURRENT.get();
        CURRENT.set(this);
        begin();
    }

    void finish() {
        try {
            end(true);
        } catch (AsynchronousCloseException interrupted) {
            // The interrupt flag is set, and the attempt has been broken: its caller sees both.
            var unused = interrupted;
        }
        giveBack();
    }

    private void giveBack() {
        InterruptibleAction around = outer;
        if (around == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(around);
            around.begin();
        }
    }

    @Override
    public void run() {
        action.run();
    }

    @Override
    protected void implCloseChannel() {
        cancellation.cancel(CancelReason.ABANDONED);
    }
}
