package dev.steadymail.cli.send;

import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxListener;
import dev.steadymail.time.Deadline;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for what becomes of messages in an outbox, until nobody wants to wait any more. Thread-safe. */
final class OutboxWatch implements OutboxListener {
    private final Consumer<OutboxEntry> told;
    private boolean woken; // guarded by this

    /**
     * Starts to listen.
     *
     * @param told hears of every change too
     */
    OutboxWatch(Consumer<OutboxEntry> told) {
        this.told = told;
    }

    @Override
    public void changed(OutboxEntry entry) {
        told.accept(entry);
        wake();
    }

    /** Has whoever waits look again. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits until a condition holds that a change may bring about, at most until the deadline. */
    void await(BooleanSupplier condition, Deadline deadline) {
        try {
            while (!condition.getAsBoolean() && !deadline.hasPassed()) {
                pause(deadline);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void pause(Deadline deadline) throws InterruptedException {
        while (!woken && !deadline.hasPassed()) {
            wait(Math.max(1, deadline.remaining().toMillis()));
        }
        woken = false;
    }
}
