package dev.steadymail.mime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.report.DeliveryReport.Action;
import dev.steadymail.mime.report.DeliveryReport.Recipient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {
    private static final String BOUNCE = """
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.com

            Original-Recipient: rfc822;bob@example.org
            Final-Recipient: rfc822; <bob@example.org>
            Action: failed
            Status: 5.1.1 (no such user)
            Diagnostic-Code: smtp; 550 5.1.1
             unknown user

            Final-Recipient: rfc822; eve@example.org
            Action: delayed (a while)
            Status: 4.4.1

            Final-Recipient: rfc822; joe@example.org
            Action: vanished

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <1@example.com>
            Subject: hello
            --b--
            """;

    @Test
    void bounce_isRead() throws IOException {
        DeliveryReport report = DeliveryReport.of(read(BOUNCE)).orElseThrow();
        assertEquals("mx.example.com", report.reportingHost());
        assertEquals(
                List.of(
                        new Recipient("bob@example.org", Action.FAILED, "5.1.1", "550 5.1.1 unknown user"),
                        new Recipient("eve@example.org", Action.DELAYED, "4.4.1", ""),
                        new Recipient("joe@example.org", Action.UNKNOWN, null, "")),
                report.recipients());
        assertEquals(
                List.of(true, false, false),
                report.recipients().stream().map(Recipient::isPermanent).toList());
        assertEquals(List.of("1@example.com"), report.original().ids("Message-ID"));
        assertFalse(report.toString().contains("@"), report::toString);
    }

    @Test
    void complaint_isRead() throws IOException {
        ParsedEmail email = read(BOUNCE.replace("message/delivery-status", "message/feedback-report")
                .replace("Reporting-MTA: dns; mx.example.com", "Feedback-Type: Abuse\nSource-IP: 192.0.2.1"));
        FeedbackReport report = FeedbackReport.of(email).orElseThrow();
        assertEquals("abuse", report.type());
        assertEquals("192.0.2.1", report.fields().text("Source-IP"));
        assertEquals("hello", report.original().text("Subject"));
        assertTrue(DeliveryReport.of(email).isEmpty());
    }

    @Test
    void otherMessages_areNoReports() throws IOException {
        ParsedEmail email = read("Subject: a\n\nb");
        assertTrue(DeliveryReport.of(email).isEmpty());
        assertTrue(FeedbackReport.of(email).isEmpty());
    }

    /** Each bounce of the corpus that has a report says whom it is about. */
    @Test
    @EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
    void bouncesOfTheCorpus_nameTheirRecipients() throws IOException {
        int reports = 0;
        int named = 0;
        try (Stream<Path> files = Files.list(Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus", "bounces"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".eml")).toList()) {
                try (InputStream octets = Files.newInputStream(file)) {
                    var report = DeliveryReport.of(MimeReader.usual().read(octets));
                    reports += report.isPresent() ? 1 : 0;
                    named += report.map(one -> one.recipients().isEmpty() ? 0 : 1)
                            .orElse(0);
                }
            }
        }
        System.out.println("bounces: " + reports + " reports, " + named + " name a recipient");
        assertTrue(reports >= 30, "only " + reports);
        assertTrue(named >= reports - 3, named + " of " + reports);
    }

    @Test
    void waysToLeaveAList_areThoseThatAreSafe() throws IOException {
        ListUnsubscribe ways = ListUnsubscribe.of(read("""
                List-Unsubscribe: <mailto:leave@example.com?subject=x>, <http://example.com/plain>,
                 <https://example.com/l?u=
                 1>, <javascript:alert(1)>, <https://ada:pw@example.com/>, <:>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click

                x""").headers());
        assertEquals(List.of(URI.create("https://example.com/l?u=1")), ways.web());
        assertEquals(List.of(URI.create("mailto:leave@example.com?subject=x")), ways.mail());
        assertTrue(ways.oneClick());
        assertFalse(ListUnsubscribe.of(read("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n\nx")
                        .headers())
                .oneClick());
    }

    @Test
    void resultsOfTheTrustedHost_countAndNoOthers() throws IOException {
        ParsedEmail email = read("""
                Authentication-Results: evil.example; dmarc=pass
                Authentication-Results: MX.example.com 1; spf=fail (x; dmarc=pass (y)) smtp.mailfrom="a@b.example";
                 dkim/1=pass header.d=b.example header.i=@b.example; dmarc=Fail
                Authentication-Results: mx.example.com; dmarc=pass
                Received: from x

                x""");
        AuthenticationResults found = AuthenticationResults.by("mx.example.com", email.headers());
        assertEquals(
                List.of("spf", "dkim", "dmarc"),
                found.results().stream()
                        .map(AuthenticationResults.Result::method)
                        .toList());
        assertFalse(found.passes("dmarc"));
        assertFalse(found.passes("spf"));
        assertTrue(found.passes("dkim"));
        assertEquals(
                List.of("header.d=b.example", "header.i=@b.example"),
                found.results().get(1).properties());
        assertEquals(
                List.of("smtp.mailfrom=a@b.example"), found.results().get(0).properties());
        assertEquals(
                List.of(),
                AuthenticationResults.by("other.example", email.headers()).results());
    }

    /** A sender chooses what stands in quotes, and comments hold what anybody wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.google.com; spf=pass smtp.mailfrom=\"a; dmarc=pass \"@evil.example; dmarc=fail header.from=bank.example",
                "mx.google.com; dmarc=fail (; dmarc=pass) header.from=bank.example",
                "mx.google.com; dmarc=fail; dmarc=pass",
                "mx.google.com; spf=pass smtp.mailfrom=\"a\\\"; dmarc=pass\"",
                "mx.google.com (dmarc=pass); x=dmarc=pass",
                "mx.google.com; \"dmarc=pass\"",
            })
    void forgedPass_isNone(String field) throws IOException {
        ParsedEmail email = read("Authentication-Results: " + field + "\n\nx");
        assertFalse(AuthenticationResults.by("mx.google.com", email.headers()).passes("dmarc"));
    }

    /** Twice the field is twice the steps at most: each ends by itself, or the test does not. */
    @Test
    @Timeout(60)
    void longWords_areReadOnce() throws IOException {
        ParsedEmail email = read("Authentication-Results: x; spf=pass " + "a".repeat(60_000) + "\n\nx");
        assertTrue(AuthenticationResults.by("x", email.headers()).passes("spf"));
    }

    @Test
    void reportsWithoutEnd_areReadInPart() throws IOException {
        String groups = ("a:\n".repeat(1_000) + "Final-Recipient: rfc822; b@example.org\n\n").repeat(1_000);
        DeliveryReport report = DeliveryReport.of(read(BOUNCE.replace("Reporting-MTA", groups + "Reporting-MTA")))
                .orElseThrow();
        assertTrue(
                !report.recipients().isEmpty() && report.recipients().size() < 400,
                () -> "" + report.recipients().size());
    }

    private static ParsedEmail read(String message) throws IOException {
        return MimeReader.usual().read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }
}
