package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryCompilerTest {
    private static final EmailQuery INBOX = EmailQuery.in(new MailboxId("INBOX"));

    @Test
    void positiveConditions_becomeLabels() {
        assertEquals(
                new Listing(List.of("INBOX", "STARRED", "UNREAD"), "", true),
                QueryCompiler.compile(INBOX.unseen().flagged()));
    }

    @Test
    void others_becomeOperators() {
        assertEquals("is:read", q(INBOX.seen()));
        assertEquals("-is:starred", q(INBOX.without(Keyword.FLAGGED)));
        assertEquals(
                "from:ada@example.com subject:\"two words\"",
                q(INBOX.from("ada@example.com").subject("two words")));
        assertEquals(
                "after:9 before:21",
                q(INBOX.receivedSince(Instant.ofEpochSecond(10)).receivedBefore(Instant.ofEpochSecond(20))));
        assertEquals("rfc822msgid:a@b", q(INBOX.matching(TextField.MESSAGE_ID, "<a@b>")));
    }

    @Test
    void texts_cannotLeaveTheirQuotes() {
        assertEquals("from:\"x  OR in:trash\"", q(INBOX.from("x\" OR in:trash")));
        assertEquals("\"OR\"", q(INBOX.text("OR")));
        assertEquals("\"-secret\"", q(INBOX.text("-secret")));
        assertEquals("\"{a}\"", q(INBOX.text("{a}")));
        MailException failure =
                assertThrows(MailException.class, () -> q(INBOX.matching(TextField.MESSAGE_ID, "a b OR in:trash")));
        assertEquals(Kind.INVALID, failure.kind());
    }

    @Test
    void raw_isTakenAsItIs() {
        assertEquals("a OR b", q(EmailQuery.everywhere().raw("a OR b")));
        assertEquals("is:read (a OR b)", q(EmailQuery.everywhere().seen().raw("a OR b")));
    }

    @Test
    void whatGmailCannotDo_isSaid() {
        for (EmailQuery query :
                List.of(INBOX.oldestFirst(), INBOX.having(Keyword.ANSWERED), INBOX.matching(TextField.BODY, "x"))) {
            MailException failure = assertThrows(MailException.class, () -> q(query));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
        }
        MailException failure = assertThrows(MailException.class, () -> q(EmailQuery.in(new MailboxId("UNREAD"))));
        assertEquals(Kind.NOT_FOUND, failure.kind());
    }

    private static String q(EmailQuery query) {
        return QueryCompiler.compile(query).q();
    }
}
