package dev.steadymail.server.search;

import dev.steadymail.server.mail.StorableText;
import dev.steadymail.server.search.Condition.Attached;
import dev.steadymail.server.search.Condition.Before;
import dev.steadymail.server.search.Condition.Has;
import dev.steadymail.server.search.Condition.In;
import dev.steadymail.server.search.Condition.InMailbox;
import dev.steadymail.server.search.Condition.Larger;
import dev.steadymail.server.search.Condition.Marked;
import dev.steadymail.server.search.Condition.Not;
import dev.steadymail.server.search.Condition.OfAccount;
import dev.steadymail.server.search.Condition.Since;
import dev.steadymail.server.search.Condition.Smaller;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes SQL about rows of {@code email e} and {@code email_search s}; what people typed is in parameters alone. Not thread-safe. */
final class SearchSql {
    private static final String PLACE = """
            exists (select 1 from email_mailbox i join mailbox m on m.id = i.mailbox_id
                    where i.email_id = e.id and m.organisation_id = current_organisation() and m.saved and %s)""";
    private static final String NAMED = """
            (lower(array_to_string(m.path, '/')) = lower(%1$s) or lower(m.path[cardinality(m.path)]) = lower(%1$s)
             or lower(m.role) = lower(%1$s))""";

    private final Map<String, Object> parameters = new HashMap<>();

    /** Returns the values of the parameters in the texts that were written so far. */
    Map<String, Object> parameters() {
        return Map.copyOf(parameters);
    }

    /** Returns a query of words, as text; empty text where a language takes no notice of any of them. */
    String query(Wanted wanted, String language) {
        String config = "cast(" + parameter(language) + " as regconfig)";
        Stream<String> words = wanted.words().stream()
                .map(group -> group.stream()
                        .map(term -> (term.excluded() ? "!! " : "") + phrase(config, term.text()))
                        .collect(Collectors.joining(" || ", "(", ")")));
        Stream<String> texts = wanted.texts().map(text -> phrase(config, text));
        return "cast(" + Stream.concat(words, texts).collect(Collectors.joining(" && ")) + " as text)";
    }

    private String phrase(String config, String text) {
        return "phraseto_tsquery(" + config + ", search_folded(" + parameter(text) + "))";
    }

    /** Returns a pattern for a text anywhere in folded text, which has none of LIKE's own characters. */
    String pattern(String text) {
        return "'%' || search_folded(" + parameter(text) + ") || '%'";
    }

    /** Returns that conditions hold, each after an "and". */
    String conditions(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> "\nand " + condition(condition))
                .collect(Collectors.joining());
    }

    /** Returns that words are there in full or in part, or others that are like them; each after an "and". */
    String alike(List<List<Term>> words) {
        return words.stream()
                .map(group -> group.stream().map(this::alike).collect(Collectors.joining(" or ", "\nand (", ")")))
                .collect(Collectors.joining());
    }

    private String alike(Term term) {
        String part = "s.words like " + pattern(term.text());
        return term.excluded() ? "not " + part : part + " or s.words %> search_folded(" + parameter(term.text()) + ")";
    }

    private String condition(Condition condition) {
        if (condition instanceof Not not) {
            return "not " + condition(not.other());
        }
        if (condition instanceof Has has) {
            return field(has) + " like " + pattern(has.text());
        }
        if (condition instanceof In in) {
            return PLACE.formatted(NAMED.formatted(parameter(StorableText.escaped(in.name()))));
        }
        if (condition instanceof InMailbox in) {
            return PLACE.formatted("m.id = " + parameter(in.mailbox()));
        }
        return column(condition);
    }

    private String column(Condition condition) {
        if (condition instanceof Marked marked) {
            return parameter(marked.keyword()) + " = any (e.keywords)";
        }
        if (condition instanceof OfAccount of) {
            return "e.account_id = " + parameter(of.account());
        }
        if (condition instanceof Since since) {
            return "e.received_at >= " + parameter(since.instant().atOffset(ZoneOffset.UTC));
        }
        if (condition instanceof Before before) {
            return "e.received_at < " + parameter(before.instant().atOffset(ZoneOffset.UTC));
        }
        if (condition instanceof Larger larger) {
            return "e.size > " + parameter(larger.octets());
        }
        if (condition instanceof Smaller smaller) {
            return "e.size < " + parameter(smaller.octets());
        }
        if (condition instanceof Attached) {
            return "e.has_attachment";
        }
        throw new IllegalStateException("no SQL for " + condition.getClass());
    }

    private static String field(Has has) {
        return switch (has.field()) {
            case FROM -> "coalesce(search_addresses(e.content, 'from'), '')";
            case TO ->
                "concat_ws(' ', search_addresses(e.content, 'to'), search_addresses(e.content, 'cc'),"
                        + " search_addresses(e.content, 'bcc'))";
            case SUBJECT -> "coalesce(search_folded(e.subject), '')";
        };
    }

    /** Adds a parameter; returns it as it stands in SQL. */
    String parameter(Object value) {
        String name = "p" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }
}
