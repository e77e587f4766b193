package dev.steadymail.testkit.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A run keeps to its own pace; what somebody waits for does not wait for it. */
class ContentLanesTest extends ContentTestCase {
    @Override
    GuardSettings guard() {
        return GuardSettings.CONTENT_FETCH;
    }

    @Test
    void run_startsEightReadsASecond_andFetchesGoPast() throws Exception {
        List<EmailId> ids = deliver(20, 10);
        CompletableFuture<ContentReport> run = CompletableFuture.supplyAsync(() -> run(ALL_TEXT));
        awaitCalls(8);
        // One list, one for the structures; six parts.
        assertEquals(8, account.calls().size());
        assertEquals(1, fetcher(ALL_TEXT).fetch(ids.get(19)).stored());
        assertEquals(
                List.of("get INTERACTIVE", "range INTERACTIVE"), account.calls().subList(8, 10));
        int seconds = 0;
        while (!isDone(run)) {
            assertTrue(++seconds < 60, "the run does not end");
            time.advance(Duration.ofSeconds(1));
            assertTrue(account.calls().size() <= 2 + 8 * (seconds + 1), "more than eight a second");
        }
        assertEquals(20, run.get().stored());
        assertTrue(seconds >= 2, "22 reads take more than two seconds");
    }

    /** Gives the run some real time to go on with, for it may be about to wait for the next second. */
    private static boolean isDone(CompletableFuture<ContentReport> run) throws Exception {
        try {
            return run.get(50, TimeUnit.MILLISECONDS) != null;
        } catch (TimeoutException waits) {
            return false;
        }
    }

    /** Waits in real time for what another thread is about to do. */
    private void awaitCalls(int calls) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (account.calls().size() < calls) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void fetch_ofWhatIsHeld_asksNobody() {
        List<EmailId> ids = deliver(1, 10);
        fetcher(ALL_TEXT).fetch(ids.get(0), Wanted.MESSAGE);
        assertEquals(List.of("raw INTERACTIVE"), account.calls());
        assertEquals(1, fetcher(ALL_TEXT).fetch(ids.get(0)).held());
        assertEquals(1, account.calls().size());
    }

    @Test
    void fetch_ofOnePart() {
        List<EmailId> ids = deliver(1, 2_000_000);
        BodyPart file = mail.emails()
                .get(ids.get(0), FetchLevel.STRUCTURE)
                .attachments()
                .get(0);
        account.forgetCalls();
        assertEquals(
                2_000_000,
                fetcher(ALL_TEXT.withParallel(4)).fetch(ids.get(0), file).octets());
        assertEquals(0, fetcher(ALL_TEXT).fetch(ids.get(0), file).octets());
        assertEquals(List.of("2"), sink.parts(ids.get(0)));
        assertEquals(6, account.calls("range"));
    }
}
