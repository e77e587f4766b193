package dev.steadymail.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.server.search.Condition.Attached;
import dev.steadymail.server.search.Condition.Before;
import dev.steadymail.server.search.Condition.Field;
import dev.steadymail.server.search.Condition.Has;
import dev.steadymail.server.search.Condition.In;
import dev.steadymail.server.search.Condition.Larger;
import dev.steadymail.server.search.Condition.Marked;
import dev.steadymail.server.search.Condition.Not;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchParserTest {
    @Test
    void words_phrasesAndExclusions_areApart() {
        assertEquals(
                List.of(List.of(word("big")), List.of(word("red house")), List.of(new Term("small", true))),
                SearchParser.parse(" big \"red house\" -small ").words());
    }

    @Test
    void or_joinsItsNeighbours() {
        assertEquals(
                List.of(List.of(word("a"), word("b"), word("c d")), List.of(word("e"))),
                SearchParser.parse("a OR b OR \"c d\" e").words());
    }

    @Test
    void or_withoutNeighbours_isNothing() {
        assertEquals(List.of(List.of(word("a"))), SearchParser.parse("OR a OR").words());
        assertEquals(
                List.of(List.of(word("b"))),
                SearchParser.parse("is:unread OR b").words());
    }

    @Test
    void operators_areConditions() {
        Wanted wanted = SearchParser.parse(
                "from:ada -to:\"bob b\" has:attachment is:unread is:starred in:Archive before:2024-02-29 LARGER:2k");
        assertEquals(List.of(), wanted.words());
        assertEquals(
                List.of(
                        new Has(Field.FROM, "ada"),
                        new Not(new Has(Field.TO, "bob b")),
                        new Attached(),
                        new Not(new Marked("$seen")),
                        new Marked("$flagged"),
                        new In("Archive"),
                        new Before(Instant.parse("2024-02-29T00:00:00Z")),
                        new Larger(2_048)),
                wanted.conditions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from:",
                "foo:bar",
                "is:odd",
                "has:nothing",
                "before:2023-02-29",
                "after:0000-01-01",
                "larger:x",
                "larger:999999999999G",
                "https://example.com/a:b",
                "-"
            })
    void whatIsNoOperator_isAWord(String text) {
        assertEquals(new Wanted(List.of(List.of(word(text))), List.of()), SearchParser.parse(text));
    }

    @Test
    void quotesThatDoNotEnd_goToTheEnd() {
        assertEquals(List.of(List.of(word("a b"))), SearchParser.parse("\"a b").words());
        assertEquals(List.of(), SearchParser.parse("\"\" -\" \"").words());
    }

    @Test
    void anyText_isRead() {
        long seed = new Random().nextLong();
        RandomQueries queries = new RandomQueries(seed);
        for (int i = 0; i < 20_000; i++) {
            String query = queries.next();
            try {
                SearchParser.parse(query);
            } catch (RuntimeException | StackOverflowError failure) {
                throw new AssertionError("seed " + seed + ": " + query, failure);
            }
        }
    }

    private static Term word(String text) {
        return new Term(text, false);
    }
}
