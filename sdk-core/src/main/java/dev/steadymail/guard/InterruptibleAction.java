package dev.steadymail.guard;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Breaks an attempt when the thread that runs it is interrupted. A thread that reads from a socket does not notice; the JDK closes
 * an interruptible channel for it though, and this is such a channel around whatever the attempt is blocked in.
 */
final class InterruptibleAction extends AbstractInterruptibleChannel implements Runnable {
    private final Cancellation cancellation;
    private final Runnable action;

    InterruptibleAction(Cancellation cancellation, Runnable action) {
        this.cancellation = cancellation;
        this.action = action;
    }

    /** Interruptions of this thread count from now on; one that came before counts at once. */
    void start() {
        begin();
    }

    void finish() {
        try {
            end(true);
        } catch (AsynchronousCloseException interrupted) {
            // The interrupt flag is set, and the attempt has been broken: its caller sees both.
            return;
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
