package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.memory.InMemoryContentSink;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Content over the API: what it costs, and that what came half is not kept. */
class ContentFetchTest {
    private static final String USER = "ada@example.com";
    private static final ContentOptions TEXT = ContentOptions.DEFAULT.withPolicy(ContentPolicy.ALL);

    private final FakeGmail server = FakeGmail.builder().user(USER, "token").start();
    private final MailRuntime runtime = MailRuntime.builder()
            .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(10)))
            .contentFetch(GuardSettings.CONTENT_FETCH.toBuilder()
                    .starts(10_000, Duration.ofSeconds(1))
                    .build())
            .build();
    private final MailClient mail = runtime.open(GmailAccount.with(Tokens.fixed("token"))
            .user(USER)
            .rootUrl(URI.create(server.rootUrl()))
            .guarded(Unpaced.GUARD));
    private final InMemoryContentSink sink = new InMemoryContentSink();

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    @Test
    void smallMessages_costTwentyUnitsEach_forWhoKnowsThem_andAsMuchAgainForFindingThem() {
        deliver(50, 0, 0);
        List<Email> known = new ArrayList<>();
        mail.emails().query(EmailQuery.everywhere()).forEach(known::add);
        long before = units();
        assertEquals(50, mail.content(sink, TEXT).run(known, progress -> {}).stored());
        assertEquals(50 * 20, units() - before);
        before = units();
        assertEquals(
                50,
                mail.content(new InMemoryContentSink(), TEXT)
                        .run(progress -> {})
                        .stored());
        assertEquals(5 + 50 * 20 + 50 * 20, units() - before);
    }

    @Test
    void largeMessage_ofWhichTextIsWanted_costsItsStructureAndItsText() {
        deliver(0, 1, 1_500_000);
        List<Email> known = new ArrayList<>();
        mail.emails().query(EmailQuery.everywhere()).forEach(known::add);
        long units = units();
        long octets = server.traffic().bytesSent();
        assertEquals(1, mail.content(sink, TEXT).run(known, progress -> {}).stored());
        assertEquals(20 + 20, units() - units);
        assertEquals(List.of("0"), sink.parts(known.get(0).id()));
        assertEquals(0, (server.traffic().bytesSent() - octets) / 10_000);
    }

    @Test
    void largeMessage_ofWhichNearlyAllIsWanted_isReadWhole() {
        deliver(0, 1, 1_500_000);
        long before = units();
        assertEquals(
                1,
                mail.content(sink, TEXT.withWanted(Wanted.EVERY_PART))
                        .run(progress -> {})
                        .stored());
        assertEquals(5 + 20 + 20 + 20, units() - before, "found, structure, whole");
        assertEquals(List.of(""), sink.parts(sink.completed().get(0)));
    }

    @Test
    void attachmentCutInTheMiddle_isReadAgain_andKeptWhole() {
        byte[] file = deliver(0, 1, 1_500_000);
        server.inject(GmailFault.cutBody(100_000).onCall("messages.attachments.get"));
        ContentReport report = mail.content(sink, TEXT.withWholeUpTo(0).withWanted(Wanted.EVERY_PART))
                .run(progress -> {});
        assertEquals(List.of(1L, 2L), List.of(report.stored(), report.contents()));
        assertArrayEquals(file, sink.content(sink.completed().get(0), "1").orElseThrow());
        assertEquals(2, server.usage(USER).calls().get("messages.attachments.get"));
    }

    /** The figures of docs/content.md. */
    @Test
    void costs_ofAMailbox() {
        deliver(90, 10, 1_500_000);
        assertCost(TEXT.withPolicy(ContentPolicy.newest(20)), 845, 20_000);
        assertCost(TEXT, 4_205, 60_000);
        assertCost(TEXT.withWanted(Wanted.EVERY_PART), 4_205, 21_000_000);
        assertCost(TEXT.withWanted(Wanted.MESSAGE), 4_005, 21_000_000);
    }

    private void assertCost(ContentOptions options, long units, long octets) {
        long unitsBefore = units();
        long octetsBefore = server.traffic().bytesSent();
        ContentReport report = mail.content(new InMemoryContentSink(), options).run(progress -> {});
        assertEquals(0, report.parked());
        assertEquals(units, units() - unitsBefore, options::toString);
        long came = server.traffic().bytesSent() - octetsBefore;
        assertTrue(came <= octets, () -> came + " octets for " + options);
    }

    private long units() {
        return server.usage(USER).units();
    }

    /** Delivers small emails, and some with a file of so many octets among them; returns the file. */
    private byte[] deliver(int small, int large, int octets) {
        byte[] file = new byte[octets];
        new Random(octets).nextBytes(file);
        for (int i = 0; i < small + large; i++) {
            boolean isLarge = large > 0 && i % ((small + large) / large) == (small + large) / large - 1;
            SampleMail mail = isLarge ? withFile("m" + i, file) : SampleMail.named("m" + i);
            String unused = server.mailbox(USER).add(mail.bytes(), SampleMail.NOON.plusSeconds(60L * i), "INBOX");
        }
        return file;
    }

    private static SampleMail withFile(String key, byte[] file) {
        return SampleMail.named(key)
                .content(
                        "Content-Type: multipart/mixed; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "See the file.",
                        "--b",
                        "Content-Type: application/octet-stream; name=large",
                        "Content-Disposition: attachment; filename=large",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64(file),
                        "--b--");
    }
}
