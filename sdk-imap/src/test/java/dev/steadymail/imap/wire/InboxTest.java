package dev.steadymail.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Noop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A thread that waits for a command, and one that takes its time. */
class InboxTest extends WireTestCase {
    private static final long PLENTY = 64L << 20;
    private static final byte[] LINES = "* 1 EXISTS\r\n".repeat(5_000).getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch slow = new CountDownLatch(1);

    @Test
    void consumerThatBlocks_stopsTheServer_andLosesNothing() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setReceiveBufferSize(64 << 10);
            start(() -> serve(listener));
            ImapSession session = connect(listener.getLocalPort());
            AtomicLong seen = new AtomicLong();
            CompletableFuture<Response.Completed> end = new CompletableFuture<>();
            start(() -> complete(end, session, seen));
            awaitStandstill();
            long stalled = sent.get();
            assertTrue(stalled < PLENTY / 2, () -> stalled + " octets were sent to a client that does not look");
            slow.countDown();
            assertEquals(Response.Status.OK, end.get(30, TimeUnit.SECONDS).status());
            assertEquals(PLENTY / LINES.length * 5_000, seen.get());
        }
    }

    @Test
    void consumerThatFails_isNotHidden() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(() -> serve(listener));
            ImapSession session = connect(listener.getLocalPort());
            IllegalStateException own = new IllegalStateException("no");
            assertSame(
                    own,
                    assertThrows(
                            IllegalStateException.class,
                            () -> run(session, new Noop().command(), LONG, reply -> {
                                throw own;
                            })));
            session.abort();
        }
    }

    @Test
    void threadThatIsInterrupted_doesNotWait() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write("* OK ready\r\n".getBytes(StandardCharsets.US_ASCII));
                    slow.await();
                }
            });
            ImapSession session = connect(listener.getLocalPort());
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> run(session, new Noop().command(), LONG, reply -> {}));
            assertTrue(Thread.interrupted());
            session.abort();
            slow.countDown();
        }
    }

    private void complete(CompletableFuture<Response.Completed> end, ImapSession session, AtomicLong seen)
            throws IOException {
        end.complete(run(session, new Noop().command(), LONG, reply -> {
            if (seen.getAndIncrement() == 0) {
                awaitSlow();
            }
        }));
    }

    private void awaitSlow() {
        try {
            assertTrue(slow.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    /** Waits until nothing more was sent for a while: half a second is a thousand times what a write takes. */
    private void awaitStandstill() throws InterruptedException {
        long before = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            long now = sent.get();
            if (now != before || now == 0) {
                before = now;
                since = System.nanoTime();
            }
            Thread.onSpinWait();
        }
    }

    private void serve(ServerSocket listener) throws IOException {
        try (Socket socket = listener.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write("* OK [CAPABILITY IMAP4rev1] ready\r\n".getBytes(StandardCharsets.US_ASCII));
            int unused = socket.getInputStream().read();
            for (long i = 0; i < PLENTY / LINES.length; i++) {
                out.write(LINES);
                long unusedSum = sent.addAndGet(LINES.length);
            }
            out.write("A1 OK done\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] unusedRest = socket.getInputStream().readAllBytes();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException ended) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
