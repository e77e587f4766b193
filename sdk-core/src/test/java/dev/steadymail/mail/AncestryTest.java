package dev.steadymail.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AncestryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** RFC 5256 section 2.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello|HELLO|false",
                "Re: Hello|HELLO|true",
                "RE: re: Fwd: fw: Hello|HELLO|true",
                "Re : Hello|HELLO|true",
                "Re[2]: Hello|HELLO|true",
                "Re [2] : Hello|HELLO|true",
                "[list] Hello|HELLO|false",
                "[list] Re: [list] Hello|HELLO|true",
                "[a] [b] Hello|HELLO|false",
                "[a] [b]|[B]|false",
                "Re: [a]|[A]|true",
                "Hello (fwd)|HELLO|true",
                "Hello(FWD) (fwd)|HELLO|true",
                "[Fwd: Re: Hello]|HELLO|true",
                "Re: [fwd: [Fwd: Hello (fwd)]]|HELLO|true",
                "Regards|REGARDS|false",
                "re Hello|RE HELLO|false",
                "Hello   you|HELLO YOU|false",
                "[unclosed Hello|[UNCLOSED HELLO|false"
            })
    void subject_isWithoutMarks(String subject, String base, boolean answer) {
        BaseSubject found = BaseSubject.of(subject);
        assertEquals(base, found.text());
        assertEquals(answer, found.isAnswer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Re:", "Re: Fwd: (fwd)", "[fwd:]", "(fwd)"})
    void subjectOfMarksAlone_isNone(String subject) {
        assertNull(of(subject, null, null, null).subject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<1@example.com>",
                " <1@example.com> ",
                "<\"1\"@example.com>",
                "<1@exam\r\n ple.com>",
                "a comment <1@example.com> <2@example.com>",
                "<unclosed <1@example.com>"
            })
    void messageId_isTheSameHoweverItIsWritten(String written) {
        assertEquals(
                of("", "<1@example.com>", null, null).messageId(),
                of("", written, null, null).messageId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1@example.com", "<1>", "<@example.com>", "<1@>", "<1@example.com", ">1@example.com<"})
    void invalidMessageId_isNone(String written) {
        assertNull(of("", written, null, null).messageId());
    }

    @Test
    void references_countMoreThanInReplyTo() {
        Ancestry both = of("", null, "<9@example.com>", "<1@example.com> text <2@example.com>");
        assertEquals(List.of(id(1), id(2)), both.references());
    }

    /** RFC 5256, step 1.A: "the first valid Message ID". */
    @Test
    void inReplyTo_standsInForReferences() {
        assertEquals(
                List.of(id(1)),
                of("", null, "mail of <1@example.com> and <2@example.com>", "none")
                        .references());
    }

    @Test
    void manyReferences_areTheFirstAndTheLast() {
        String all = IntStream.range(0, 1_000)
                .mapToObj(n -> "<" + n + "@example.com>")
                .collect(Collectors.joining("\r\n "));
        List<String> kept = of("", null, null, all).references();
        assertEquals(Ancestry.MOST_REFERENCES, kept.size());
        assertEquals(id(0), kept.get(0));
        assertEquals(id(999), kept.get(kept.size() - 1));
    }

    @Test
    void text_isAllThatIsKept() {
        Ancestry ancestry = of("Re: Hello", "<1@example.com>", null, "<2@example.com> <3@example.com>");
        Ancestry again = new Ancestry(ancestry.text());
        assertEquals(ancestry, again);
        assertEquals(id(1), again.messageId());
        assertEquals(List.of(id(2), id(3)), again.references());
        assertEquals(of("hello", null, null, null).subject(), again.subject());
        assertTrue(again.isAnswer());
        assertEquals(NOON, again.sentAt());
        assertFalse(ancestry.text().chars().anyMatch(c -> c <= ' ' || c >= 0x7F));
    }

    @Test
    void emptyHeader_hasNothing() {
        Ancestry none = of("", null, null, null);
        assertNull(none.messageId());
        assertEquals(List.of(), none.references());
        assertNull(none.subject());
        assertFalse(none.isAnswer());
        assertNull(new Ancestry("||||").sentAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"||||999999999999999999", "||||-"})
    void dateBeyondAllTime_isNone(String text) {
        assertNull(new Ancestry(text).sentAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "||||x", "a b||||", "|a,,b|||", "|||", "|||||", "a\u00e9||||", "|||x|"})
    void otherText_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Ancestry(text));
    }

    @Test
    void nothingOfTheMessage_isShown() {
        Ancestry ancestry = of("hush", "<hush@example.com>", "<hush@example.com>", null);
        assertFalse((ancestry + ancestry.text()).contains("hush"));
        assertNotEquals(id(1), id(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"re:", "[a]", "[", "(fwd)", "[fwd:", " ", "re", "[a]re"})
    void hostileSubject_endsSoon(String part) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> BaseSubject.of(part.repeat(200_000)));
    }

    private static @Nullable String id(int number) {
        return of("", "<" + number + "@example.com>", null, null).messageId();
    }

    private static Ancestry of(
            String subject, @Nullable String messageId, @Nullable String inReplyTo, @Nullable String references) {
        return Ancestry.of(new Envelope(
                subject,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                messageId,
                inReplyTo,
                references,
                NOON));
    }
}
