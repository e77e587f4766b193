package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.fail;

import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what a watch tells, and waits for it. */
final class HeardEvents implements WatchListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<WatchEvent> heard = new ArrayList<>();

    @Override
    public synchronized void event(WatchEvent event) {
        heard.add(event);
        notifyAll();
    }

    synchronized List<WatchEvent> all() {
        return List.copyOf(heard);
    }

    synchronized int changes() {
        return (int) heard.stream().filter(WatchEvent.Changed.class::isInstance).count();
    }

    synchronized int losses() {
        return (int) heard.stream().filter(WatchEvent.Lost.class::isInstance).count();
    }

    void awaitMode(Mode mode) throws InterruptedException {
        await(all -> all.contains(new WatchEvent.Watching(mode)));
    }

    void awaitChanges(int count) throws InterruptedException {
        await(all -> all.stream().filter(WatchEvent.Changed.class::isInstance).count() >= count);
    }

    void awaitLosses(int count) throws InterruptedException {
        await(all -> all.stream().filter(WatchEvent.Lost.class::isInstance).count() >= count);
    }

    private synchronized void await(Predicate<List<WatchEvent>> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(heard)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                fail("not heard in time; heard so far: " + heard);
            }
            wait(left);
        }
    }
}
