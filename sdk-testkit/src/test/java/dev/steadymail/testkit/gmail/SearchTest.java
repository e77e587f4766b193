package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four messages, named a to d; each row says which of them a query finds. */
final class SearchTest extends GmailTestCase {
    private String a;
    private String b;
    private String c;
    private String d;

    @BeforeEach
    void fill() {
        String work = mailbox.createLabel("Work/Big Projects");
        a = mailbox.add(
                TestMail.plain("Quarterly report", "Cc: carol@example.net", "Message-ID: <Abc.1@example.org>"),
                Instant.parse("2026-01-05T00:00:00Z"),
                "INBOX",
                "UNREAD",
                work);
        b = mailbox.add(TestMail.withAttachment(), Instant.parse("2026-02-05T00:00:00Z"), "INBOX", "STARRED");
        c = mailbox.add(TestMail.plain("Lunch x" + "y".repeat(3_000)), Instant.parse("2026-03-05T00:00:00Z"), "SENT");
        d = mailbox.add(TestMail.plain("Cheap report"), Instant.parse("2026-03-06T00:00:00Z"), "SPAM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | abc",
                "from:bob                          | abc",
                "from:bob@example.org              | abc",
                "from:bo                           | ''",
                "from:\"Bob Stone\"                | ac",
                "to:ada cc:carol                   | a",
                "subject:report                    | a",
                "subject:(quarterly report)        | a",
                "subject:{quarterly lunch}         | ac",
                "subject:Gr\u00fc\u00dfe           | b",
                "\"from the body\"                 | ac",
                "\"the from body\"                 | ''",
                "in:inbox                          | ab",
                "in:spam                           | d",
                "report in:anywhere                | ad",
                "label:work-big-projects           | a",
                "label:\"Work/Big Projects\"       | a",
                "-label:work-big-projects          | bc",
                "is:unread                         | a",
                "is:read                           | bc",
                "is:starred OR is:unread           | ab",
                "in:inbox is:starred OR is:unread  | ab",
                "{is:starred in:sent}              | bc",
                "(is:unread from:bob) OR in:sent   | ac",
                "-(is:unread OR in:sent)           | b",
                "has:attachment                    | b",
                "filename:pdf                      | b",
                "after:2026/02/05                  | bc",
                "before:2026/02/05                 | a",
                "after:1770249600                  | bc",
                "after:2026-01-05 before:2026-03-05| ab",
                "newer_than:8d                     | c",
                "older_than:1m                     | ab",
                "larger:3K                         | c",
                "smaller:3000                      | ab",
                "rfc822msgid:<abc.1@example.org>   | a",
                "rfc822msgid:abc.1@example.org     | a",
                "rfc822msgid:bc.1@example.org      | ''",
                "unmatched) (report                | ''",
                "report ) ( ) - \"                 | a",
                "in:nowhere                        | ''",
            })
    void list_withQuery_finds(String query, String expected) throws Exception {
        String encoded = URLEncoder.encode(query == null ? "" : query, StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        http.get("messages?q=" + encoded).each("messages", "id").forEach(id -> found.add(0, name(id)));
        assertEquals(expected, String.join("", found));
    }

    private String name(String id) {
        return id.equals(a) ? "a" : id.equals(b) ? "b" : id.equals(c) ? "c" : id.equals(d) ? "d" : "?";
    }
}
