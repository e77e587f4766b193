package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.Keyword;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeywordNamesTest {
    private static final List<Keyword> SYSTEM =
            List.of(Keyword.SEEN, Keyword.FLAGGED, Keyword.ANSWERED, Keyword.DRAFT, Keyword.DELETED);

    @Test
    void systemFlags_inAnyCase() {
        assertEquals(Set.of(), KeywordNames.keywords(List.of()));
        assertEquals(Set.of(Keyword.SEEN), KeywordNames.keywords(List.of("\\Seen")));
        assertEquals(
                Set.copyOf(SYSTEM),
                KeywordNames.keywords(List.of("\\SEEN", "\\seen", "\\fLAGGED", "\\Answered", "\\draft", "\\Deleted")));
    }

    @Test
    void keywords_areFolded() {
        assertEquals(
                Set.of(Keyword.FORWARDED, new Keyword("nonjunk"), new Keyword("$label1")),
                KeywordNames.keywords(List.of("$Forwarded", "NonJunk", "NONJUNK", "$Label1")));
    }

    @Test
    void letters_areFoldedAsUnicode() {
        assertEquals(
                Set.of(new Keyword("caf\u00e9")),
                KeywordNames.keywords(Objects.requireNonNull(
                        Read.fetch("FLAGS (CAF\u00c3\u0089)").flags())));
    }

    @Test
    void flagsThatAreNoKeyword_areLeftOut() {
        assertEquals(Set.of(), KeywordNames.keywords(List.of("\\Recent")));
        assertEquals(
                Set.of(Keyword.SEEN),
                KeywordNames.keywords(List.of("\\Recent", "\\*", "\\Custom", "\\Sx", "\\", "", "a b", "a]", "\\Seen")));
    }

    @Test
    void everyKeyword_hasItsFlag() {
        for (Keyword keyword : SYSTEM) {
            assertEquals(Set.of(keyword), KeywordNames.keywords(List.of(KeywordNames.flag(keyword))));
        }
        assertEquals("\\Seen", KeywordNames.flag(Keyword.SEEN));
        assertEquals("$forwarded", KeywordNames.flag(Keyword.FORWARDED));
    }

    @Test
    void result_isImmutable() {
        Set<Keyword> keywords = KeywordNames.keywords(List.of("\\Seen", "\\Draft"));
        assertThrows(UnsupportedOperationException.class, () -> keywords.add(Keyword.DELETED));
    }
}
