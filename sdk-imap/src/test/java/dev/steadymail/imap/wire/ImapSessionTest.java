package dev.steadymail.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Append;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.Noop;
import dev.steadymail.testkit.script.ScriptedImapServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection against scripts, on a real socket. */
class ImapSessionTest extends WireTestCase {
    private static final String GREETING = "S: * OK [CAPABILITY IMAP4rev1] ready\n";
    private static final Command NOOP = new Noop().command();

    @Test
    void serverThatGoesWhileNothingRuns_isNoticed() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing(GREETING + "S: <wait end>\nS: <close>")) {
            ImapSession session = connect(server.port());
            CountDownLatch ended = new CountDownLatch(1);
            session.onEnd(ended::countDown);
            assertTrue(session.isOpen());
            server.go("end");
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            assertFalse(session.isOpen());
        }
    }

    @Test
    void serverThatSaysGoodbye_isNotUsedAnyMore() throws Exception {
        try (ScriptedImapServer server =
                ScriptedImapServer.playing(GREETING + "S: <wait bye>\nS: * BYE idle for too long\nC: <end>")) {
            ImapSession session = connect(server.port());
            server.go("bye");
            await(() -> !session.isOpen());
            session.abort();
        }
    }

    @Test
    void abort_fromAnotherThread_endsTheWait() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing(GREETING + "C: <tag> NOOP\nC: <end>")) {
            ImapSession session = connect(server.port());
            CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(
                    () -> assertThrows(IOException.class, () -> run(session, NOOP, LONG, reply -> {})),
                    task -> new Thread(task).start());
            await(() -> server.dialogue(1).size() > 1);
            session.abort();
            assertTrue(String.valueOf(waiting.get(10, TimeUnit.SECONDS).getMessage())
                    .contains("given up"));
        }
    }

    @Test
    void shortSilence_isNotMeasuredByTheLongOneBefore() throws Exception {
        String script = GREETING + "C: <tag> NOOP\nS: <tag> OK done\nC: <tag> NOOP\nC: <end>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            Response.Completed unused = run(session, NOOP, LONG, reply -> {});
            long begun = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> run(session, NOOP, Duration.ofMillis(50), reply -> {}));
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void secondOfTwoCommands_hasItsLimitToo() throws Exception {
        String script = GREETING + "C: <tag> NOOP\nC: <tag> NOOP\nS: <oldtag> OK done\nC: <end>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            Outcome first = new Outcome();
            Outcome second = new Outcome();
            session.run(NOOP, LONG, first);
            session.run(NOOP, Duration.ofMillis(50), second);
            assertEquals(Response.Status.OK, first.end.get(10, TimeUnit.SECONDS).status());
            ExecutionException silent =
                    assertThrows(ExecutionException.class, () -> second.end.get(10, TimeUnit.SECONDS));
            assertEquals(SocketTimeoutException.class, silent.getCause().getClass());
        }
    }

    @Test
    void endOfIdle_hasALimit_thatTalkDoesNotMove() throws Exception {
        String script = GREETING + "C: <tag> IDLE\nS: + idling\nC: DONE\nS: <endless>* 1 EXISTS";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            Outcome idle = new Outcome();
            session.idle(LONG, idle);
            idle.begun.get(10, TimeUnit.SECONDS);
            session.done(Duration.ofMillis(50));
            assertThrows(ExecutionException.class, () -> idle.end.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void done_whereNoIdleRuns_saysNothing() throws Exception {
        String script = GREETING + "C: <tag> NOOP\nS: <wait on>\nS: <tag> OK done\nC: <any>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            Outcome noop = new Outcome();
            session.run(NOOP, LONG, noop);
            session.done(Duration.ofMillis(1));
            server.go("on");
            assertEquals(Response.Status.OK, noop.end.get(10, TimeUnit.SECONDS).status());
            session.abort();
            assertFalse(server.dialogue(1).contains("C: DONE"));
        }
    }

    @ParameterizedTest
    @CsvSource({"LITERAL+, 3000", "LITERAL-, 3000", "LITERAL+, 300000", "X, 3000", "X, 300000"})
    void content_isStreamed_asTheServerTakesIt(String capability, int size) throws Exception {
        String script = "S: * OK [CAPABILITY IMAP4rev1 " + capability + "] ready\n"
                + "C: <tag> APPEND \"Box\" <literal>\nS: <tag> OK [APPENDUID 7 1] done\nC: <end>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            assertEquals(Response.Status.OK, append(session, size, size).status());
            session.abort();
        }
    }

    @Test
    void contentThatIsRefused_staysHere() throws Exception {
        String script = GREETING + "C: <tag> APPEND \"Box\" {300000}\nS: <tag> NO [OVERQUOTA] full\n"
                + "C: <tag> NOOP\nS: <tag> OK done\nC: <end>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            assertEquals(Response.Status.NO, append(session, 300_000, 300_000).status());
            assertEquals(
                    Response.Status.OK, run(session, NOOP, LONG, reply -> {}).status());
            session.abort();
        }
    }

    @Test
    void answerInTheMiddleOfContent_endsTheConnection() throws Exception {
        String script = GREETING + "C: <tag> APPEND \"Box\" {300000}\nS: + go\nS: <tag> NO full\nC: <any>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            CountDownLatch ended = new CountDownLatch(1);
            session.onEnd(ended::countDown);
            // The answer is there before the second piece is.
            InputStream late = new FilterInputStream(new ByteArrayInputStream(new byte[300_000])) {
                private int pieces;

                @Override
                public byte[] readNBytes(int length) throws IOException {
                    if (++pieces == 2) {
                        awaitQuietly(ended);
                    }
                    return super.readNBytes(length);
                }
            };
            Command append = Append.to("Box", () -> late, 300_000).command();
            assertEquals(
                    Response.Status.NO, run(session, append, LONG, reply -> {}).status());
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            assertFalse(session.isOpen());
        }
    }

    @Test
    void contentThatIsShort_endsTheCommand() throws Exception {
        String script = GREETING + "C: <tag> APPEND \"Box\" {3000}\nS: + go\nC: <any>";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            ImapSession session = connect(server.port());
            assertThrows(IOException.class, () -> append(session, 3_000, 2_000));
            session.abort();
        }
    }

    @Test
    void afterTheThreadsHaveEnded_nobodyWaits() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing(GREETING + "C: <any>")) {
            ImapSession session = connect(server.port());
            threads.close();
            await(() -> !session.isOpen());
            assertThrows(IOException.class, () -> run(session, NOOP, LONG, reply -> {}));
        }
    }

    private static Response.Completed append(ImapSession session, int said, int real) throws IOException {
        Command append = Append.to("Box", () -> new ByteArrayInputStream(new byte[real]), said)
                .command();
        return run(session, append, LONG, reply -> {});
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException interrupt) {
            throw new IOException(interrupt);
        }
    }
}
