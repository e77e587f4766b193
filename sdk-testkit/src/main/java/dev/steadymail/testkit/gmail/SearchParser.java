package dev.steadymail.testkit.gmail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Parses the search language of the service: terms side by side must all match, {@code OR} binds tighter than that,
 * braces mean OR, a minus negates, and {@code subject:(a b)} applies the operator to each word.
 */
final class SearchParser {
    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_DEPTH = 50;
    private static final char END = '\0';

    private final String text;
    private final SearchOperators operators;
    private int at;
    private int depth;

    private SearchParser(String text, SearchOperators operators) {
        this.text = text;
        this.operators = operators;
    }

    static SearchQuery parse(String q, Mailbox mailbox) {
        if (q.length() > MAX_LENGTH) {
            throw ApiException.invalid("q must have at most " + MAX_LENGTH + " characters, had " + q.length());
        }
        SearchOperators operators = new SearchOperators(mailbox);
        Predicate<StoredMessage> condition = new SearchParser(q, operators).all("");
        return new SearchQuery(condition, operators.reachesSpamTrash());
    }

    /** Parses the whole text; a closing bracket without an opening one is passed over. */
    private Predicate<StoredMessage> all(String field) {
        List<Predicate<StoredMessage>> terms = new ArrayList<>();
        while (peek() != END) {
            terms.addAll(terms(field));
            at++;
        }
        return and(terms);
    }

    private List<Predicate<StoredMessage>> terms(String field) {
        List<Predicate<StoredMessage>> terms = new ArrayList<>();
        while (peek() != END && peek() != ')' && peek() != '}') {
            if (keyword("AND")) {
                continue;
            }
            Predicate<StoredMessage> term = term(field);
            while (keyword("OR") && peek() != END) {
                term = term.or(term(field));
            }
            terms.add(term);
        }
        return terms;
    }

    private Predicate<StoredMessage> term(String field) {
        return switch (peek()) {
            case '-' -> isLoneMinus() ? word(field) : negated(field);
            case '(' -> and(group(field));
            case '{' -> or(group(field));
            case '"' -> operators.condition(field, phrase());
            default -> word(field);
        };
    }

    private boolean isLoneMinus() {
        return at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
    }

    private Predicate<StoredMessage> negated(String field) {
        at++;
        return nested(field).negate();
    }

    private Predicate<StoredMessage> nested(String field) {
        if (depth >= MAX_DEPTH) {
            throw ApiException.invalid("q is nested deeper than " + MAX_DEPTH);
        }
        depth++;
        Predicate<StoredMessage> term = term(field);
        depth--;
        return term;
    }

    private List<Predicate<StoredMessage>> group(String field) {
        if (depth >= MAX_DEPTH) {
            throw ApiException.invalid("q is nested deeper than " + MAX_DEPTH);
        }
        depth++;
        at++;
        List<Predicate<StoredMessage>> terms = terms(field);
        at++;
        depth--;
        return terms;
    }

    private Predicate<StoredMessage> word(String field) {
        int start = at;
        while (at < text.length() && " \t\r\n(){}\"".indexOf(text.charAt(at)) < 0) {
            at++;
            if (text.charAt(at - 1) == ':' && opensValue()) {
                String operator = name(text.substring(start, at));
                if (SearchOperators.isKnown(operator)) {
                    return nested(operator);
                }
            }
        }
        String word = text.substring(start, at);
        int colon = word.indexOf(':');
        if (colon > 0 && SearchOperators.isKnown(name(word.substring(0, colon + 1)))) {
            return operators.condition(name(word.substring(0, colon + 1)), word.substring(colon + 1));
        }
        at = Math.max(at, start + (word.isEmpty() ? 1 : 0)); // a stray bracket must not stop the parser
        return operators.condition(field, word);
    }

    private boolean opensValue() {
        return at < text.length() && "({\"".indexOf(text.charAt(at)) >= 0;
    }

    private String phrase() {
        int close = text.indexOf('"', at + 1);
        int end = close < 0 ? text.length() : close;
        String phrase = text.substring(at + 1, end);
        at = end + 1;
        return phrase;
    }

    private boolean keyword(String word) {
        char next = peek();
        int end = at + word.length();
        boolean found = next == word.charAt(0)
                && text.startsWith(word, at)
                && (end == text.length() || Character.isWhitespace(text.charAt(end)));
        at = found ? end : at;
        return found;
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private static String name(String withColon) {
        return withColon.substring(0, withColon.length() - 1).toLowerCase(Locale.ROOT);
    }

    private static Predicate<StoredMessage> and(List<Predicate<StoredMessage>> terms) {
        return message -> terms.stream().allMatch(term -> term.test(message));
    }

    private static Predicate<StoredMessage> or(List<Predicate<StoredMessage>> terms) {
        return message -> terms.stream().anyMatch(term -> term.test(message));
    }
}
