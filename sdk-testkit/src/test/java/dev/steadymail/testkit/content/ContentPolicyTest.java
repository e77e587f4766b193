package dev.steadymail.testkit.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which emails are read, in which order, what of them, and with how many calls. */
class ContentPolicyTest extends ContentTestCase {
    @Test
    void onDemand_asksNobody() {
        deliver(3, 10);
        assertEquals(0, run(ALL_TEXT.withPolicy(ContentPolicy.ON_DEMAND)).done());
        assertEquals(List.of(), account.calls());
    }

    @Test
    void newest_areReadNewestFirst() {
        List<EmailId> ids = deliver(7, 10);
        ContentReport report = run(ALL_TEXT.withPolicy(ContentPolicy.newest(3)));
        assertEquals(List.of(3L, 3L), List.of(report.total(), report.stored()));
        assertEquals(ids.subList(0, 3), sink.completed());
    }

    @Test
    void recent_byAge_andNumber() {
        List<EmailId> ids = deliver(9, 10);
        run(ALL_TEXT.withPolicy(ContentPolicy.recent(Duration.ofDays(5))));
        assertEquals(ids.subList(0, 5), sink.completed());
        run(ALL_TEXT.withPolicy(ContentPolicy.recent(Duration.ofDays(8)).atMost(6)));
        assertEquals(ids.subList(0, 6), sink.completed());
    }

    @Test
    void newest_ofManyEmails_looksAtNoMorePagesThanItNeeds() {
        deliver(250, 10);
        run(ALL_TEXT.withPolicy(ContentPolicy.newest(2)));
        assertEquals(1, account.calls("query"));
    }

    @Test
    void all_askForTheStructureInBatches_andThenForWantedPartsOnly() {
        List<EmailId> ids = deliver(60, 30_000);
        long before = mail.traffic().bytes();
        ContentReport report = run(ALL_TEXT);
        assertEquals(List.of(60L, 60L), List.of(report.stored(), report.contents()));
        assertEquals(1, account.calls("query"));
        assertEquals(2, account.calls("get"));
        assertEquals(60, account.calls("range"));
        assertTrue(mail.traffic().bytes() - before < 60 * 100, "attachments were read");
        assertEquals("text of m1", text(ids.get(0)));
        assertTrue(account.calls().stream().allMatch(call -> call.endsWith("BACKFILL")), account.calls()::toString);
    }

    @Test
    void smallMessages_areReadWhole_manyWithOneCall() {
        List<EmailId> ids = deliver(60, 10);
        ContentReport report = run(ALL_TEXT.withWholeUpTo(-1));
        assertEquals(60, report.stored());
        assertEquals(List.of(""), sink.parts(ids.get(0)));
        assertEquals(3, account.calls("raw"));
        assertEquals(0, account.calls("get"));
        assertArrayEquals(mail("m1", 10).bytes(), sink.content(ids.get(0), "").orElseThrow());
    }

    @Test
    void attachments_upToASize() {
        List<EmailId> ids = deliver(1, 3_000);
        run(ALL_TEXT.withWanted(Wanted.TEXT_AND_HTML.withAttachmentsUpTo(1_000)));
        assertEquals(List.of("1.1", "1.2"), sink.parts(ids.get(0)));
        run(ALL_TEXT.withWanted(Wanted.TEXT_AND_HTML.withAttachmentsUpTo(5_000)));
        assertEquals(List.of("1.1", "1.2", "2"), sink.parts(ids.get(0)));
        assertEquals(3_000, sink.content(ids.get(0), "2").orElseThrow().length);
        assertEquals(3, account.calls("range"), "what is held is not read again");
    }

    @Test
    void knownEmails_areNotLookedFor() {
        List<EmailId> ids = deliver(5, 10);
        var known = new ArrayList<>(mail.emails().get(ids, FetchLevel.STATE));
        account.forgetCalls();
        Collections.reverse(known);
        ContentReport report =
                fetcher(ALL_TEXT.withPolicy(ContentPolicy.newest(4))).run(known, progress -> {});
        assertEquals(4, report.stored());
        assertEquals(ids.subList(0, 4), sink.completed());
        assertEquals(0, account.calls("query"));
    }

    @Test
    void progress_growsToTheTotal() {
        deliver(3, 10);
        List<Long> done = new ArrayList<>();
        fetcher(ALL_TEXT.withPolicy(ContentPolicy.newest(3))).run(progress -> {
            assertEquals(3, progress.total());
            done.add(progress.done());
        });
        assertEquals(List.of(1L, 2L, 3L, 3L), done);
    }

    private String text(EmailId id) {
        return new String(sink.content(id, "1.1").orElseThrow(), StandardCharsets.US_ASCII);
    }
}
