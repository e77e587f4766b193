package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.IdleWait.Outcome;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.IoThreads;
import dev.steadymail.testkit.script.ScriptedImapServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One IDLE against scripts, without the watch around it. */
class IdleWaitTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String BEGIN = "S: * OK [CAPABILITY IMAP4rev1 IDLE] ready\nC: <tag> IDLE\n";

    private final IoThreads threads = IoThreads.forThisMachine();
    private final CompletableFuture<IdleWait> ended = new CompletableFuture<>();

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Test
    void reissue_endsIdleAndBeginsIt_andIsNoNews() throws Exception {
        play("""
                S: + idling
                S: <wait reissue>
                C: DONE
                S: <tag> OK done
                C: <tag> IDLE
                S: + idling again
                S: * 5 EXISTS
                S: * OK still here
                S: * 6 EXISTS
                C: DONE
                S: <tag> OK done
                C: <end>
                """, IdleWait::reissue, Outcome.NEWS);
    }

    @Test
    void newsBeforeTheContinuation_isHeard() throws Exception {
        play("""
                S: * 6 EXISTS
                S: + idling
                C: DONE
                S: <tag> OK done
                C: <end>
                """, wait -> {}, Outcome.NEWS);
    }

    @Test
    void newsBehindDone_isHeard() throws Exception {
        play("""
                S: + idling
                S: <wait stop>
                C: DONE
                S: * 3 EXPUNGE
                S: <tag> OK done
                C: <end>
                """, wait -> wait.stop(Outcome.WANTED), Outcome.NEWS);
    }

    @Test
    void stop_whereNothingHappened_saysWhy() throws Exception {
        play("""
                S: + idling
                S: <wait stop>
                C: DONE
                S: * 5 EXISTS
                S: <tag> OK done
                C: <end>
                """, wait -> wait.stop(Outcome.INTERVAL), Outcome.INTERVAL);
    }

    @Test
    void serverThatRefuses_isNotAskedAgain() throws Exception {
        IdleWait wait = play("S: <tag> NO not here\nC: <end>", each -> {}, Outcome.REFUSED);
        assertEquals(false, wait.hasBegun());
    }

    @Test
    void serverThatGoes_isLost_butNewsBeforeIsHeard() throws Exception {
        IdleWait wait = play("S: + idling\nS: <close>", each -> {}, Outcome.LOST);
        assertTrue(wait.hasBegun());
        assertTrue(wait.cause() != null);
    }

    @Test
    void otherMailboxes_areNamed_withinBounds() throws Exception {
        IdleWait wait = play("""
                S: + idling
                S: * STATUS "Archive" (MESSAGES 1)\\r\\n* STATUS inbox (MESSAGES 1)
                C: DONE
                S: <tag> OK done
                C: <end>
                """, each -> {}, Outcome.NEWS);
        assertEquals(Set.of("Archive", "INBOX"), wait.mailboxes().keySet());
        assertEquals(false, wait.isAnywhere());
    }

    @Test
    void overflow_meansAnywhere_andThatTheServerTellsNoMore() throws Exception {
        IdleWait wait = play("""
                S: + idling
                S: * OK [NOTIFICATIONOVERFLOW] too much
                C: DONE
                S: <tag> OK done
                C: <end>
                """, each -> {}, Outcome.NEWS);
        assertTrue(wait.isAnywhere() && wait.isOverflown());
    }

    private interface Act {
        void on(IdleWait wait);
    }

    /** Plays a script, acts at its pause if it has one, and checks how the wait ended. */
    private IdleWait play(String script, Act act, Outcome expected) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.playing(BEGIN + script)) {
            ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            var unused = session.connect(new Endpoint("127.0.0.1", List.of(address), false, null, LONG, LONG, LONG))
                    .get(10, TimeUnit.SECONDS);
            IdleWait wait = new IdleWait(session, LONG, ended::complete);
            wait.start(5);
            if (script.contains("<wait ")) {
                String pause = script.contains("<wait stop>") ? "stop" : "reissue";
                server.awaitPause(pause);
                if (pause.equals("reissue")) {
                    awaitBegin(session, wait);
                }
                act.on(wait);
                server.go(pause);
            }
            IdleWait over = ended.get(10, TimeUnit.SECONDS);
            assertEquals(expected, over.outcome());
            session.abort();
            return over;
        }
    }

    /** That the server has said so does not mean yet that it was heard. */
    private static void awaitBegin(ImapSession session, IdleWait wait) throws Exception {
        CompletableFuture<Boolean> begun;
        do {
            begun = new CompletableFuture<>();
            CompletableFuture<Boolean> asked = begun;
            session.execute(() -> asked.complete(wait.hasBegun()));
        } while (!begun.get(10, TimeUnit.SECONDS));
    }
}
