package dev.steadymail.imap.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** One I/O thread, and what a session is asked by tests. */
abstract class WireTestCase {
    static final Duration LONG = Duration.ofSeconds(30);

    final IoThreads threads = new IoThreads(1);

    @AfterEach
    void endThreads() {
        threads.close();
    }

    ImapSession connect(int port) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Endpoint to = new Endpoint("127.0.0.1", List.of(address), false, null, LONG, LONG, LONG);
        Response.Untagged unused = session.connect(to).get(10, TimeUnit.SECONDS);
        return session;
    }

    static Response.Completed run(ImapSession session, Command command, Duration silence, Consumer<Reply> each)
            throws IOException {
        return Inbox.run(session, command, silence, each, challenge -> "");
    }

    static void await(BooleanSupplier fact) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!fact.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(fact.getAsBoolean(), "it did not happen in time");
    }
}
