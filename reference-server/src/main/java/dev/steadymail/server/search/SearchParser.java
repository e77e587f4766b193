package dev.steadymail.server.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what people type: words, "words in this order", -without, this OR that, and operators as {@code from:ada}. OR binds closer than
 * the rest. What looks like an operator and is none is a word, so that every text means something.
 */
final class SearchParser {
    /** A minus, the name of an operator, and a text in quotes or up to a space; quotes that do not end go on to the end. */
    private static final Pattern TOKEN = Pattern.compile("(-?)(?:([a-zA-Z]{2,10}):)?(?:\"([^\"]*+)(?:\"|$)|(\\S++))");

    private static final String OR = "OR";

    private final List<List<Term>> words = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    /** Whether the next word is another one for the last group. */
    private boolean orNext;
    /** Whether what came last is a group that another word can join. */
    private boolean groupLast;

    private SearchParser() {}

    /** Reads a text of any form. */
    static Wanted parse(String text) {
        SearchParser parser = new SearchParser();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            parser.token(token);
        }
        return new Wanted(parser.words, parser.conditions);
    }

    private void token(Matcher token) {
        if (token.group().equals(OR)) {
            orNext = groupLast;
            return;
        }
        boolean excluded = !token.group(1).isEmpty();
        String operator = token.group(2);
        String value = token.group(3) == null ? token.group(4) : token.group(3);
        Optional<Condition> condition = operator == null ? Optional.empty() : Operators.read(operator, value);
        if (condition.isPresent()) {
            conditions.add(excluded ? new Condition.Not(condition.get()) : condition.get());
            groupLast = false;
            orNext = false;
        } else {
            word(new Term(operator == null ? value : operator + ":" + value, excluded));
        }
    }

    private void word(Term term) {
        if (term.text().isBlank()) {
            return;
        }
        if (orNext) {
            words.get(words.size() - 1).add(term);
        } else {
            words.add(new ArrayList<>(List.of(term)));
        }
        orNext = false;
        groupLast = true;
    }
}
