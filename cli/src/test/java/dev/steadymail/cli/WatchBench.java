package dev.steadymail.cli;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A {@code watch} command that runs beside the test, which waits for what it prints. */
final class WatchBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StopSignal stop = new StopSignal();
    private final Lines out = new Lines();
    private final CompletableFuture<Ended> ended;

    WatchBench(CommandBench bench, String... args) {
        bench.stop(stop);
        ended = CompletableFuture.supplyAsync(() -> bench.run(out, args));
    }

    /** Waits until as many lines of an event are there, and returns the last of them. */
    String await(String event, int count) {
        Predicate<String> ofEvent = line -> line.startsWith("{\"event\":\"" + event + "\"");
        out.await(() -> ended.isDone() || out.lines().stream().filter(ofEvent).count() >= count);
        List<String> lines = out.lines().stream().filter(ofEvent).toList();
        if (lines.size() != count) {
            throw new AssertionError(
                    count + " times " + event + " expected: " + out.lines() + (ended.isDone() ? end() : ""));
        }
        return lines.get(count - 1);
    }

    String await(String event) {
        return await(event, 1);
    }

    List<String> lines() {
        return out.lines();
    }

    Ended interrupt() {
        stop.stop(StopReason.INTERRUPTED);
        return end();
    }

    /** Waits until the command has ended by itself. */
    Ended end() {
        return ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        interrupt();
    }

    /** What was written so far, as whole lines. */
    private static final class Lines extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }

        synchronized List<String> lines() {
            return toString(StandardCharsets.UTF_8).lines().toList();
        }

        synchronized void await(BooleanSupplier condition) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            try {
                while (!condition.getAsBoolean() && System.nanoTime() < end) {
                    wait(100);
                }
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
