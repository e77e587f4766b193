package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.IdleWait.Outcome;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.IoThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A wait ends when it is told to, whatever else is under way. Its session is not connected, so that a second IDLE is a lost one. */
class IdleStopTest {
    @Test
    void stop_whileIdleBeginsAgain_ends() throws Exception {
        try (IoThreads threads = IoThreads.forThisMachine()) {
            assertEquals(Outcome.WANTED, outcome(threads, true, Outcome.WANTED));
        }
    }

    @Test
    void reissue_afterStop_changesNothing() throws Exception {
        try (IoThreads threads = IoThreads.forThisMachine()) {
            assertEquals(Outcome.INTERVAL, outcome(threads, false, Outcome.INTERVAL));
        }
    }

    private static Outcome outcome(IoThreads threads, boolean reissueFirst, Outcome stop) throws Exception {
        ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
        CompletableFuture<IdleWait> ended = new CompletableFuture<>();
        IdleWait wait = new IdleWait(session, Duration.ofSeconds(20), ended::complete);
        session.execute(() -> wait.goOn("idling"));
        if (reissueFirst) {
            wait.reissue();
        }
        wait.stop(stop);
        wait.reissue();
        session.execute(() -> wait.completed(ok()));
        return ended.get(20, TimeUnit.SECONDS).outcome();
    }

    private static Response.Completed ok() {
        return new Response.Completed("A1", Response.Status.OK, new StatusText(null, "", "done"));
    }

    @Test
    void start_onBrokenConnection_isLost() throws Exception {
        try (IoThreads threads = IoThreads.forThisMachine()) {
            ImapSession session = ImapSession.on(threads, CodecLimits.DEFAULTS, new Traffic(System::nanoTime));
            CompletableFuture<IdleWait> ended = new CompletableFuture<>();
            session.abort();
            new IdleWait(session, Duration.ofSeconds(20), ended::complete).start(0);
            IdleWait lost = ended.get(20, TimeUnit.SECONDS);
            assertEquals(Outcome.LOST, lost.outcome());
            assertEquals(IOException.class, lost.cause().getClass());
        }
    }
}
