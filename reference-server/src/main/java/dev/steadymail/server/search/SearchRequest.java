package dev.steadymail.server.search;

import dev.steadymail.mail.Keyword;
import dev.steadymail.server.mail.StorableText;
import dev.steadymail.server.search.Condition.Attached;
import dev.steadymail.server.search.Condition.Before;
import dev.steadymail.server.search.Condition.Field;
import dev.steadymail.server.search.Condition.Has;
import dev.steadymail.server.search.Condition.InMailbox;
import dev.steadymail.server.search.Condition.Larger;
import dev.steadymail.server.search.Condition.Marked;
import dev.steadymail.server.search.Condition.Not;
import dev.steadymail.server.search.Condition.OfAccount;
import dev.steadymail.server.search.Condition.Since;
import dev.steadymail.server.search.Condition.Smaller;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of a search; all of it has to be true of an email. */
record SearchRequest(
        @Parameter(
                description =
                        "words, \"words in this order\", -without, this OR that, and from: to: subject: in: has:attachment"
                                + " is:unread is:read is:starred before:2024-12-31 after:2024-01-01 larger:1M smaller:10K;"
                                + " at most 500 characters")
        @Nullable
        String q,

        @Nullable UUID account,
        @Nullable UUID mailbox,
        @Nullable String from,
        @Nullable String to,
        @Nullable String subject,

        @Parameter(description = "a day, or a moment such as 2024-03-01T12:00:00Z") @Nullable
        String after,

        @Nullable String before,
        @Nullable Boolean hasAttachment,
        @Nullable String keyword,
        @Nullable String notKeyword,

        @Parameter(description = "octets, or 10K, 1M, 1G") @Nullable
        String larger,

        @Nullable String smaller,

        @Parameter(description = "relevance or newest; relevance where there are words") @Nullable
        String order,

        @Parameter(description = "1 to 100, 25 by default") @Nullable
        Integer limit,

        @Parameter(description = "next of the page before") @Nullable
        String cursor,

        @Parameter(description = "provider, to ask the provider of the account") @Nullable
        String engine) {
    private static final int LONGEST = 500;
    private static final int MOST = 100;
    private static final int USUAL = 25;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Z}]+");

    /** Reads the words and adds the other parameters as conditions; throws {@link SearchException} where one is wrong. */
    Wanted wanted() {
        Wanted words = SearchParser.parse(q == null ? "" : clean("q", q));
        List<Condition> more = new ArrayList<>();
        add(more, account, OfAccount::new);
        add(more, mailbox, InMailbox::new);
        add(more, text("from", from), text -> new Has(Field.FROM, text));
        add(more, text("to", to), text -> new Has(Field.TO, text));
        add(more, text("subject", subject), text -> new Has(Field.SUBJECT, text));
        add(more, after, text -> new Since(read("after", text, Operators::moment, "a day such as 2024-12-31")));
        add(more, before, text -> new Before(read("before", text, Operators::moment, "a day such as 2024-12-31")));
        add(more, larger, text -> new Larger(read("larger", text, Operators::size, "a size such as 1M")));
        add(more, smaller, text -> new Smaller(read("smaller", text, Operators::size, "a size such as 1M")));
        add(more, keyword, text -> new Marked(keyword("keyword", text)));
        add(more, notKeyword, text -> new Not(new Marked(keyword("notKeyword", text))));
        add(more, hasAttachment, has -> has ? new Attached() : new Not(new Attached()));
        return words.and(more);
    }

    /** Returns whether something was typed that says nothing, such as a quote. */
    boolean findsNothing(Wanted wanted) {
        return q != null
                && !q.isBlank()
                && wanted.words().isEmpty()
                && SearchParser.parse(clean("q", q)).conditions().isEmpty();
    }

    boolean isAtProvider() {
        if (engine != null && !engine.equals("provider")) {
            throw SearchException.wrong("engine must be provider, or be left out");
        }
        return engine != null;
    }

    UUID providersAccount() {
        if (account == null) {
            throw SearchException.wrong("engine=provider needs account, since one account has one provider");
        }
        if (cursor != null) {
            throw SearchException.wrong("engine=provider has one page of up to 100 emails; leave cursor out");
        }
        return account;
    }

    boolean isNewestFirst() {
        if (order != null && !order.equals("newest") && !order.equals("relevance")) {
            throw SearchException.wrong("order must be relevance or newest");
        }
        return "newest".equals(order);
    }

    @Nullable
    SearchCursor position() {
        return cursor == null ? null : SearchCursor.parse(cursor);
    }

    int size() {
        return limit == null ? USUAL : Math.max(1, Math.min(MOST, limit));
    }

    private static @Nullable String text(String name, @Nullable String value) {
        return value == null || value.isBlank() ? null : clean(name, value);
    }

    private static String clean(String name, String value) {
        if (value.length() > LONGEST) {
            throw SearchException.wrong(name + " must have at most " + LONGEST + " characters, had " + value.length());
        }

        return CONTROLS.matcher(String.valueOf(StorableText.shown(value))).replaceAll(" ");
    }

    private static String keyword(String name, String value) {
        try {
            return StorableText.escaped(new Keyword(value).value());
        } catch (IllegalArgumentException wrong) {
            throw SearchException.wrong(name + ": " + wrong.getMessage());
        }
    }

    private static <T> T read(String name, String value, Function<String, Optional<T>> reader, String form) {
        return reader.apply(value).orElseThrow(() -> SearchException.wrong(name + " must be " + form));
    }

    private static <T> void add(List<Condition> to, @Nullable T value, Function<T, Condition> condition) {
        if (value != null) {
            to.add(condition.apply(value));
        }
    }

    @Override
    public String toString() {
        return "SearchRequest[hidden]";
    }
}
