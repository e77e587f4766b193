package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEncoderTest {
    private static final EmailQuery ALL = EmailQuery.in(new MailboxId("INBOX"));

    static Stream<Arguments> queries() {
        return Stream.of(
                Arguments.of(ALL, "UID 1:*"),
                Arguments.of(ALL.unseen().flagged(), "UID 1:* FLAGGED UNSEEN"),
                Arguments.of(ALL.having(new Keyword("work")), "UID 1:* KEYWORD work"),
                Arguments.of(ALL.without(new Keyword("work")), "UID 1:* UNKEYWORD work"),
                Arguments.of(ALL.from("ada"), "UID 1:* FROM \"ada\""),
                Arguments.of(ALL.subject("two words"), "UID 1:* SUBJECT \"two words\""),
                Arguments.of(ALL.subject("say \"hi\""), "UID 1:* SUBJECT \"say \\\"hi\\\"\""),
                Arguments.of(ALL.subject("a\\b"), "UID 1:* SUBJECT \"a\\\\b\""),
                Arguments.of(ALL.subject("x) DELETED"), "UID 1:* SUBJECT \"x) DELETED\""),
                Arguments.of(ALL.subject("NIL"), "UID 1:* SUBJECT \"NIL\""),
                Arguments.of(ALL.text("{5}"), "UID 1:* TEXT \"{5}\""),
                Arguments.of(
                        ALL.matching(TextField.MESSAGE_ID, "<1@example.com>"),
                        "UID 1:* HEADER Message-ID \"<1@example.com>\""),
                Arguments.of(
                        ALL.receivedSince(Instant.parse("2026-03-01T10:00:00Z"))
                                .receivedBefore(Instant.parse("2026-03-02T10:00:00Z")),
                        "UID 1:* SINCE 28-Feb-2026 BEFORE 4-Mar-2026"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void query_isWrittenAs(EmailQuery query, String expected) {
        assertEquals(List.of("UID SEARCH " + expected), sent(query));
    }

    @Test
    void textBeyondAscii_isALiteralInUtf8() {
        assertEquals(
                List.of("UID SEARCH CHARSET UTF-8 UID 1:* SUBJECT {6}"),
                sent(ALL.subject("größ").subject("größ")).subList(0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nA1 LOGOUT", "a\nb", "a\rb", "a\0b", ""})
    void textThatCouldEndTheCommand_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ALL.subject(text));
    }

    /** What a server without any extension sees. */
    private static List<String> sent(EmailQuery query) {
        try (ScriptedServer server = ScriptedServer.inbox(1, fetch -> "");
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
            assertTrue(
                    client.emails().query(query.newestFirst()).stream().toList().isEmpty());
            return server.log().stream()
                    .filter(line -> line.startsWith("UID SEARCH"))
                    .toList();
        }
    }
}
