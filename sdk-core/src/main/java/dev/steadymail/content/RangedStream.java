package dev.steadymail.content;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.PartRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * One part, read range by range, some of them at the same time, and handed on in order. A range that fails is read again by itself, so
 * that a cut costs no more than the ranges under way. As many octets must come as the server tells with the first range: one octet more
 * is asked for with the last one, so that a part that goes on is noticed without a request of its own.
 *
 * <p>No more ranges are in memory than are read at once, and the one being handed on. Not thread-safe; ranges are read by other threads,
 * and by the reading thread itself where those have not come to it yet, so that it never waits for a thread.
 */
final class RangedStream extends InputStream {
    static final int RANGE = 512 << 10;

    private final Source source;
    private final int parallel;
    private final Executor threads;
    private final Queue<FutureTask<PartRange>> ahead = new ArrayDeque<>();
    private final String encoding;
    private final long size;
    private long asked;
    private InputStream current;
    private boolean closed;

    /** Where ranges come from; blocks, and may be asked by several threads. */
    @FunctionalInterface
    interface Source {
        /**
         * Reads a range.
         *
         * @throws MailException where it cannot be read, after all repetitions
         */
        PartRange read(long from, int length);
    }

    /** Opens the stream and reads the first range. */
    RangedStream(Source source, int parallel, Executor threads) {
        this.source = source;
        this.parallel = parallel;
        this.threads = threads;
        PartRange first = source.read(0, RANGE);
        this.encoding = first.encoding();
        this.size = first.size();
        if (size < 0) {
            throw MailException.of(Kind.PROTOCOL, "the server does not tell how long the part is");
        }
        this.asked = RANGE;
        this.current = checked(first, 0).open();
    }

    /** Returns what all octets are encoded in. */
    String encoding() {
        return encoding;
    }

    @Override
    public int read() throws IOException {
        int octet = current.read();
        while (octet < 0 && next()) {
            octet = current.read();
        }
        return octet;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = current.read(into, from, length);
        while (count < 0 && next()) {
            count = current.read(into, from, length);
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
        ahead.forEach(range -> range.cancel(true));
        ahead.clear();
    }

    private boolean next() throws IOException {
        if (closed) {
            throw new IOException("the stream was closed");
        }
        askAhead();
        FutureTask<PartRange> range = ahead.poll();
        if (range == null) {
            return false;
        }
        // Reads it here and now, unless another thread has begun.
        range.run();
        current = await(range).open();
        askAhead();
        return true;
    }

    /** Asks for ranges up to one octet after the end. */
    private void askAhead() {
        while (ahead.size() < parallel && asked <= size) {
            long from = asked;
            int length = (int) Math.min(RANGE, size + 1 - from);
            FutureTask<PartRange> range = new FutureTask<>(() -> checked(source.read(from, length), from));
            asked += length;
            ahead.add(range);
            if (parallel > 1) {
                start(range);
            }
        }
    }

    private void start(FutureTask<PartRange> range) {
        try {
            threads.execute(range);
        } catch (RejectedExecutionException allBusy) {
            // It is read when it is needed.
        }
    }

    private PartRange checked(PartRange range, long from) {
        long expected = Math.min(RANGE, Math.max(0, size - from));
        if (range.size() != size || range.length() != expected) {
            throw CheckedStream.wrongLength(size, from + range.length(), range.length() < expected);
        }
        return range;
    }

    private static PartRange await(FutureTask<PartRange> range) throws IOException {
        try {
            return range.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw failed(MailException.of(Kind.CANCELLED, "the calling thread was interrupted"));
        } catch (CancellationException cancelled) {
            throw failed(MailException.of(Kind.CANCELLED, "the stream was closed", cancelled));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof MailException ours) {
                throw failed(ours);
            }
            throw new IllegalStateException("reading a range failed by a fault", failure.getCause());
        }
    }

    private static IOException failed(MailException why) {
        return new IOException("a range could not be read", why);
    }
}
