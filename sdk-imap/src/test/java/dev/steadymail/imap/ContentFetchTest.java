package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.memory.InMemoryContentSink;
import dev.steadymail.testkit.proxy.FaultProxy;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Content over IMAP: what a cut costs, what a lying server gets, and what a mailbox costs. */
class ContentFetchTest {
    private static final int RANGE = 512 << 10;
    private static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(10));
    private static final GuardSettings UNPACED = GuardSettings.CONTENT_FETCH.toBuilder()
            .starts(10_000, Duration.ofSeconds(1))
            .build();
    private static final ContentOptions PARTS = ContentOptions.DEFAULT
            .withPolicy(ContentPolicy.ALL)
            .withWanted(Wanted.EVERY_PART)
            .withWholeUpTo(0);

    @Test
    void cutsInTheMiddle_costNoMoreThanTheRangesUnderWay() throws IOException {
        byte[] file = octets(6_000_000);
        SampleMail mail = withFile("large", file);
        ProxyFault reset = new ProxyFault.Reset(Place.toClient().on(1).after(1_700_000));
        ProxyFault cut = new ProxyFault.Cut(Place.toClient().on(2).after(900_000));
        try (ImapTestServer server = server(mail);
                FaultProxy proxy =
                        FaultProxy.builder(server.port()).faults(reset, cut).start();
                MailRuntime runtime = runtime();
                MailClient client = runtime.open(LocalServers.plain(proxy.port(), "ada", "secret"))) {
            InMemoryContentSink sink = new InMemoryContentSink();
            ContentReport report = client.content(sink, PARTS).run(progress -> {});
            assertEquals(List.of(1L, 0L), List.of(report.stored(), report.parked()), report::toString);
            assertArrayEquals(file, sink.content(sink.completed().get(0), "2").orElseThrow());
            assertEquals(
                    List.of(1, 1),
                    List.of(proxy.counts().used(reset), proxy.counts().used(cut)));
            long again = proxy.counts().bytesToClient() - mail.bytes().length;
            assertTrue(again < 2L * RANGE + 20_000, () -> again + " octets came twice");
        }
    }

    @Test
    void rangesOfOnePart_areReadSideBySide_withOneCommandEach() {
        byte[] file = octets(3_000_000);
        try (ImapTestServer server = server(withFile("large", file));
                MailRuntime runtime = runtime();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
            EmailId id = client.emails()
                    .query(EmailQuery.everywhere())
                    .iterator()
                    .next()
                    .id();
            client.content(new InMemoryContentSink(), PARTS).fetch(id);
            long encoded = SampleMail.base64(file).length();
            assertEquals(encoded / RANGE + 1, commands(server, "BODY.PEEK[2]<"));
        }
    }

    @Test
    void lyingServer_isAskedTwice_andNothingIsKept() {
        for (int sent : new int[] {90, 110}) {
            String text = "x".repeat(sent);
            try (ScriptedServer server = ScriptedServer.inbox(1, command -> {
                        String structure = " BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 100 1)";
                        String content = command.contains("BODY.PEEK[1]")
                                ? " BODY[1]<0> {" + sent + "}\r\n" + text
                                : " FLAGS () INTERNALDATE \"01-Jan-2026 12:00:00 +0000\" RFC822.SIZE 500000";
                        return "* 1 FETCH (UID 1" + structure + content + ")\r\n";
                    });
                    MailRuntime runtime = runtime();
                    MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
                InMemoryContentSink sink = new InMemoryContentSink();
                EmailId id = ImapEmailId.of(7, 1, "INBOX");
                MailException failure = assertThrows(
                        MailException.class, () -> client.content(sink, PARTS).fetch(id));
                assertEquals(Kind.PROTOCOL, failure.kind());
                assertEquals(List.of(), sink.parts(id));
                assertEquals(
                        2,
                        server.log().stream()
                                .filter(command -> command.contains("BODY.PEEK[1]"))
                                .count());
            }
        }
    }

    /** The figures of docs/content.md. */
    @Test
    void costs_ofAMailbox() {
        SampleMail[] mails = new SampleMail[100];
        for (int i = 0; i < mails.length; i++) {
            mails[i] = i % 10 == 9 ? withFile("m" + i, octets(1_500_000)) : SampleMail.named("m" + i);
            mails[i].at(SampleMail.NOON.plusSeconds(60L * i));
        }
        try (ImapTestServer server = server(mails);
                MailRuntime runtime = runtime()) {
            ContentOptions text = PARTS.withWholeUpTo(-1).withWanted(Wanted.TEXT_AND_HTML);
            assertCost(server, runtime, text.withPolicy(ContentPolicy.newest(20)), 25, 20_000);
            assertCost(server, runtime, text, 36, 60_000);
            assertCost(server, runtime, text.withWanted(Wanted.EVERY_PART), 80, 21_000_000);
            assertCost(server, runtime, text.withWanted(Wanted.MESSAGE), 70, 21_000_000);
        }
    }

    private static void assertCost(
            ImapTestServer server, MailRuntime runtime, ContentOptions options, long commands, long octets) {
        try (MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
            InMemoryContentSink sink = new InMemoryContentSink();
            ContentReport report = client.content(sink, options).run(progress -> {});
            assertEquals(0, report.parked(), report::toString);
            long asked = client.traffic().requests();
            long came = client.traffic().bytes();
            assertTrue(asked <= commands, () -> asked + " commands for " + options);
            assertTrue(came <= octets, () -> came + " octets for " + options);
            assertEquals(
                    report.stored(),
                    client.content(sink, options).run(progress -> {}).held());
            long again = client.traffic().requests() - asked;
            assertTrue(again <= 16, () -> again + " commands for nothing new");
        }
    }

    private static MailRuntime runtime() {
        return MailRuntime.builder().retryPolicy(QUICK).contentFetch(UNPACED).build();
    }

    private static ImapTestServer server(SampleMail... mails) {
        ImapTestServer server = ImapTestServer.builder().user("ada", "secret").start();
        for (SampleMail mail : mails) {
            long unused = server.account("ada")
                    .append("INBOX", mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
        }
        return server;
    }

    private static long commands(ImapTestServer server, String part) {
        return server.log().stream().filter(command -> command.contains(part)).count();
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

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }
}
