package dev.steadymail.server.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Threads that read and write secrets all the time; each account has one writer, which knows what must be there. */
final class SecretTraffic implements AutoCloseable {
    private static final int WRITERS = 2;
    private static final int READERS = 2;

    private final TestVault server;
    private final List<Kept> kept = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    SecretTraffic(TestVault server, List<UUID> organisations, int accounts, long seed) {
        this.server = server;
        for (int i = 0; i < accounts; i++) {
            UUID organisation = organisations.get(i % organisations.size());
            kept.add(new Kept(organisation, server.newAccount(organisation, "0")));
        }
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            start(new Random(seed + i), random -> {
                int own = random.nextInt(kept.size() / WRITERS) * WRITERS + writer;
                kept.get(own).write();
            });
        }
        for (int i = 0; i < READERS; i++) {
            start(
                    new Random(seed - 1 - i),
                    random -> kept.get(random.nextInt(kept.size())).read());
        }
    }

    private void start(Random random, Consumer<Random> step) {
        Thread thread = new Thread(() -> {
            while (!stopped) {
                try {
                    step.accept(random);
                } catch (RuntimeException | AssertionError failure) {
                    failures.add(failure.toString());
                }
            }
        });
        threads.add(thread);
        thread.start();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns when all threads have ended. */
    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** Fails where a secret is not the last that was written, or there was no traffic. */
    void verify() {
        assertTrue(writes.get() > 0 && reads.get() > 0, writes + " writes and " + reads + " reads");
        for (Kept one : kept) {
            assertEquals(String.valueOf(one.version), server.open(one.organisation, one.account));
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** An account whose secret is a number that only grows. */
    private final class Kept {
        private final UUID organisation;
        private final UUID account;
        /** Written by one thread, before that value can be read. */
        private volatile long version;

        Kept(UUID organisation, UUID account) {
            this.organisation = organisation;
            this.account = account;
        }

        void write() {
            long next = version + 1;
            server.change(organisation, account, String.valueOf(next));
            version = next;
            writes.incrementAndGet();
        }

        void read() {
            long atLeast = version;
            long seen = Long.parseLong(server.open(organisation, account));
            assertTrue(seen >= atLeast, () -> "read " + seen + " after " + atLeast + " was written");
            reads.incrementAndGet();
        }
    }
}
