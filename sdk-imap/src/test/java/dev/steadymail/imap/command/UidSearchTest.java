package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.UidSet;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidSearchTest {
    private static final UidSearch ALL = UidSearch.of(SearchKeys.ALL);

    @Test
    void keys_areWritten() {
        assertSends("UID SEARCH ALL", ALL);
        assertSends(
                "UID SEARCH UID 1:* UNSEEN",
                UidSearch.of(SearchKeys.ALL.uids("1:*").key("UNSEEN")));
        assertSends(
                "UID SEARCH KEYWORD $Junk UNKEYWORD a FROM \"a \\\"b\\\"\"",
                UidSearch.of(SearchKeys.ALL
                        .keyword("$Junk", true)
                        .keyword("a", false)
                        .text("FROM", "a \"b\"")));
        assertSends(
                "UID SEARCH SINCE 28-Feb-2026 BEFORE 4-Mar-2026 MODSEQ 12",
                UidSearch.of(SearchKeys.ALL
                        .received(true, LocalDate.of(2026, 2, 28))
                        .received(false, LocalDate.of(2026, 3, 4))
                        .modSeq(12)));
        assertSends(
                "UID SEARCH X-GM-RAW \"has:attachment in:unread\"",
                UidSearch.of(SearchKeys.ALL.gmail("has:attachment in:unread")));
    }

    @Test
    void returnOptions_areWritten() {
        assertSends("UID SEARCH RETURN (ALL) ALL", ALL.extended());
        assertSends("UID SEARCH RETURN (PARTIAL -1:-500) ALL", ALL.partial("-1:-500"));
        assertSends(
                "UID SEARCH RETURN (PARTIAL 1:500) UNSEEN",
                UidSearch.of(SearchKeys.ALL.key("UNSEEN")).partial("1:500"));
    }

    @Test
    void beyondAscii_namesTheCharset_unlessUtf8IsAccepted() {
        UidSearch search =
                UidSearch.of(SearchKeys.ALL.text("SUBJECT", "\u00fc")).extended();
        assertEquals(
                "A1 UID SEARCH RETURN (ALL) CHARSET UTF-8 SUBJECT {2}\r\n<go>\u00c3\u00bc\r\n",
                sent(Dialogue.PLAIN, search));
        assertEquals(
                "A1 UID SEARCH RETURN (ALL) CHARSET UTF-8 SUBJECT {2+}\r\n\u00c3\u00bc\r\n",
                sent(Dialogue.MINUS, search));
        assertEquals(
                "A1 UID SEARCH RETURN (ALL) SUBJECT \"\u00c3\u00bc\"\r\n", sent(Dialogue.UTF8, search.utf8Enabled()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0:5", "1:-5", "-1:5", "1", "1:5 ALL", "1:5)"})
    void ranges_thatAreNone_areRefused(String range) {
        assertThrows(IllegalArgumentException.class, () -> ALL.partial(range));
    }

    @Test
    void answers_areRead() {
        assertFound("1:3,9", "* SEARCH 9 1 2", "* SEARCH 3 (MODSEQ 4)", "* 3 EXISTS");
        assertFound("2,10:15", "* ESEARCH (TAG \"A1\") UID ALL 2,10:15");
        assertFound("5:7", "* ESEARCH (TAG \"A1\") UID PARTIAL (-1:-3 7:5)");
    }

    @Test
    void nothingFound_isNoError() {
        assertTrue(answer(UidSearch.of(SearchKeys.ALL), "* SEARCH").isEmpty());
        assertTrue(answer(UidSearch.of(SearchKeys.ALL), "* ESEARCH (TAG \"A1\") UID")
                .isEmpty());
        assertTrue(answer(UidSearch.of(SearchKeys.ALL), "* ESEARCH UID PARTIAL (-1:-3 NIL)")
                .isEmpty());
    }

    @Test
    void noAnswer_orOneThatCannotBeRead_isAnError() {
        assertThrows(NoAnswerException.class, () -> answer(UidSearch.of(SearchKeys.ALL), "* 3 EXISTS"));
        assertThrows(NoAnswerException.class, () -> answer(UidSearch.of(SearchKeys.ALL), "* SEARCH 1 x"));
        assertThrows(
                NoAnswerException.class, () -> answer(UidSearch.of(SearchKeys.ALL), "* SEARCH 1", "* ESEARCH UID ALL"));
    }

    @Test
    void moreThanAnyMailboxHolds_isAnError() {
        assertEquals(
                10_000_000,
                answer(UidSearch.of(SearchKeys.ALL), "* ESEARCH UID ALL 1:10000000")
                        .size());
        assertThrows(
                TooManyException.class, () -> answer(UidSearch.of(SearchKeys.ALL), "* ESEARCH UID ALL 1:4294967295"));
    }

    @Test
    void keys_refuseWhatEndsACommand() {
        assertThrows(IllegalArgumentException.class, () -> SearchKeys.ALL.text("FROM", "a\r\nb"));
        assertThrows(IllegalArgumentException.class, () -> SearchKeys.ALL.key("ALL\r\nX"));
        assertThrows(IllegalArgumentException.class, () -> SearchKeys.ALL.keyword("a b", true));
        assertThrows(IllegalArgumentException.class, () -> SearchKeys.ALL.keyword("\\Seen", true));
    }

    private static void assertFound(String expected, String... lines) {
        UidSet found = answer(UidSearch.of(SearchKeys.ALL).extended(), lines);
        assertEquals(List.of(expected), found.lines());
    }
}
