package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Noop;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.wire.CommandListener;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.Inbox;
import dev.steadymail.imap.wire.IoThreads;
import dev.steadymail.testkit.script.ScriptedImapServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits in vain for a connection that is over, or for a server that talks on and on. */
@Timeout(60)
class SessionEndTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final IoThreads threads = IoThreads.forThisMachine();

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Test
    void run_afterTheThreadsEnded_fails() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing("S: * OK ready\nC: <end>")) {
            ImapSession session = connect(server);
            CompletableFuture<Void> ended = new CompletableFuture<>();
            session.onEnd(() -> ended.complete(null));
            threads.close();
            ended.get(20, TimeUnit.SECONDS);
            assertThrows(
                    IOException.class, () -> Inbox.run(session, new Noop().command(), LONG, reply -> {}, text -> ""));
            CompletableFuture<Void> late = new CompletableFuture<>();
            session.onEnd(() -> late.complete(null));
            late.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void leave_serverTalksOn_endsInTime() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK ready
                C: <tag> LOGOUT
                S: <endless>* OK still here
                """)) {
            ImapSession session = connect(server);
            session.leave(Duration.ofMillis(300)).get(20, TimeUnit.SECONDS);
            assertFalse(session.isOpen());
        }
    }

    @Test
    void done_serverTalksOn_endsInTime() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK ready
                C: <tag> IDLE
                S: + idling
                C: DONE
                S: <endless>* OK still here
                """)) {
            ImapSession session = connect(server);
            Waiting idle = new Waiting(() -> session.done(Duration.ofMillis(300)));
            session.idle(Duration.ofSeconds(20), idle);
            assertNotNull(idle.failure.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void run_moreThanMayRun_fails() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK ready
                C: <tag> NOOP
                C: <tag> NOOP
                C: <end>
                """)) {
            ImapSession session = connect(server);
            Waiting third = new Waiting(() -> {});
            session.run(new Noop().command(), LONG, new Waiting(() -> {}));
            session.run(new Noop().command(), LONG, new Waiting(() -> {}));
            session.run(new Noop().command(), LONG, third);
            assertNotNull(third.failure.get(20, TimeUnit.SECONDS));
            session.abort();
        }
    }

    private ImapSession connect(ScriptedImapServer server) throws Exception {
        ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        Endpoint endpoint = new Endpoint("127.0.0.1", List.of(address), false, null, LONG, LONG, LONG);
        var unused = session.connect(endpoint).get(20, TimeUnit.SECONDS);
        return session;
    }

    /** A command whose failure is waited for. */
    private static final class Waiting implements CommandListener {
        final CompletableFuture<IOException> failure = new CompletableFuture<>();
        private final Runnable onward;

        Waiting(Runnable onward) {
            this.onward = onward;
        }

        @Override
        public void reply(Reply reply) {
            // Not looked at.
        }

        @Override
        public void goOn(String text) {
            onward.run();
        }

        @Override
        public void completed(Response.Completed answer) {
            failure.completeExceptionally(new AssertionError("completed"));
        }

        @Override
        public void failed(IOException cause) {
            failure.complete(cause);
        }
    }
}
