package dev.steadymail.server.search;

import static java.util.Comparator.comparingInt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Searches what is stored of the organisation that the thread works for. Each search is one transaction, which names what it looks for
 * before it can see a row of {@code email_search}. Thread-safe.
 */
@Component
class StoredSearch {
    /** As many are counted. */
    static final int MOST_COUNTED = 1_000;

    private static final int SHORTEST_ALIKE = 3;
    private static final int BODY_SHOWN = 20_000;
    private static final String QUERY_CANCELLED = "57014";
    private static final String BOUNDS = """
            select set_config('statement_timeout', '5000', true),
                   set_config('plan_cache_mode', 'force_custom_plan', true),
                   set_config('pg_trgm.word_similarity_threshold', '0.4', true),
                   set_config('steadymail.searched_query', '', true),
                   set_config('steadymail.searched_pattern', '', true),
                   set_config('steadymail.searched_word', '', true)
            """;
    private static final String OF_WORDS = """
            from email_search s join email e on e.id = s.email_id
            where s.organisation_id = current_organisation() and e.organisation_id = current_organisation()""";
    private static final String OF_ALL = """
            from email e left join email_search s on false
            where e.organisation_id = current_organisation()""";
    private static final String RANK = "cast(ts_rank(s.vector, searched_query()) as float8)";
    /** A part as it was typed comes before words that are only alike. */
    private static final String LIKENESS = """
            cast(case when s.words like searched_pattern() then 1 else 0 end
                 + coalesce(word_similarity(searched_word(), s.words), 0) as float8)""";

    private static final String NO_RANK = "cast(0 as float8)";

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final SearchSettings settings;

    StoredSearch(JdbcClient database, TransactionOperations transactions, SearchSettings settings) {
        this.database = database;
        this.transactions = transactions;
        this.settings = settings;
    }

    /**
     * Returns one page: by whole words, and where the first page by them is empty by parts of words.
     *
     * @param after where the page before ended; null for the first page
     * @throws SearchException where the database takes too long
     */
    Page search(Wanted wanted, boolean newest, @Nullable SearchCursor after, int limit) {
        return inTime(() -> {
            database.sql(BOUNDS).query().singleRow();
            if (!wanted.hasText()) {
                return page(
                        OF_ALL, NO_RANK, new SearchSql(), wanted.conditions(), "", Engine.FULLTEXT, true, after, limit);
            }
            if (after != null) {
                return after.engine() == Engine.FULLTEXT
                        ? byWords(wanted, newest, after, limit)
                        : byParts(wanted, newest, after, limit).orElseGet(Page::none);
            }
            Page found = byWords(wanted, newest, null, limit);
            return found.hits().isEmpty() ? byParts(wanted, newest, null, limit).orElse(found) : found;
        });
    }

    private Page byWords(Wanted wanted, boolean newest, @Nullable SearchCursor after, int limit) {
        SearchSql query = new SearchSql();
        String text = query.query(wanted, settings.language());
        name(query, "select set_config('steadymail.searched_query', " + text + ", true)");
        return page(OF_WORDS, RANK, new SearchSql(), wanted.conditions(), "", Engine.FULLTEXT, newest, after, limit);
    }

    /** Looks up the longest word that has to be there, and asks the rows found for the others; empty where there is none. */
    private Optional<Page> byParts(Wanted wanted, boolean newest, @Nullable SearchCursor after, int limit) {
        Optional<String> longest = wanted.required().stream()
                .filter(word -> !Folding.fold(word).isEmpty())
                .max(comparingInt(word -> Folding.fold(word).length()));
        return longest.map(word -> {
            SearchSql naming = new SearchSql();
            boolean isLong = Folding.fold(word).length() >= SHORTEST_ALIKE;
            name(
                    naming,
                    "select set_config('steadymail.searched_query', '', true), set_config('steadymail.searched_pattern', "
                            + naming.pattern(word) + ", true), set_config('steadymail.searched_word', "
                            + (isLong ? "search_folded(" + naming.parameter(word) + ")" : "''") + ", true)");
            SearchSql sql = new SearchSql();
            String words = sql.alike(wanted.words());
            return page(OF_WORDS, LIKENESS, sql, wanted.conditions(), words, Engine.SUBSTRING, newest, after, limit);
        });
    }

    private void name(SearchSql values, String statement) {
        database.sql(statement).params(values.parameters()).query().singleRow();
    }

    private Page page(
            String from,
            String score,
            SearchSql sql,
            List<Condition> conditions,
            String words,
            Engine engine,
            boolean newest,
            @Nullable SearchCursor after,
            int limit) {
        String found = from + words + sql.conditions(conditions);
        int counted = count(found, sql);
        String order = newest ? "e.received_at desc, e.id desc" : "score desc, e.received_at desc, e.id desc";
        String page =
                "select e.id, e.received_at, left(s.body_text, " + BODY_SHOWN + ") as body, " + score + " as score\n"
                        + found + behind(after, score, newest, sql) + "\norder by " + order + " limit " + (limit + 1);
        List<StoredHit> hits = database.sql(page)
                .params(sql.parameters())
                .query((row, n) -> hit(row))
                .list();
        return new Page(engine, hits, limit, Math.min(counted, MOST_COUNTED), counted > MOST_COUNTED);
    }

    private int count(String found, SearchSql sql) {
        return database.sql("select count(*) from (select 1 " + found + " limit " + (MOST_COUNTED + 1) + ") counted")
                .params(sql.parameters())
                .query(Integer.class)
                .single();
    }

    private static String behind(@Nullable SearchCursor after, String score, boolean newest, SearchSql sql) {
        if (after == null) {
            return "";
        }
        String at = sql.parameter(after.receivedAt().atOffset(ZoneOffset.UTC)) + ", " + sql.parameter(after.email());
        return newest
                ? "\nand (e.received_at, e.id) < (" + at + ")"
                : "\nand (" + score + ", e.received_at, e.id) < (cast(" + sql.parameter(after.score()) + " as float8), "
                        + at + ")";
    }

    private static StoredHit hit(ResultSet row) throws SQLException {
        return new StoredHit(
                row.getObject("id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getDouble("score"),
                row.getString("body"));
    }

    private Page inTime(Supplier<Page> search) {
        try {
            return transactions.execute(status -> search.get());
        } catch (DataAccessException failure) {
            throw isTimeout(failure) ? SearchException.tooSlow() : failure;
        }
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && QUERY_CANCELLED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * An email that was found.
     *
     * @param body the beginning of its text; null where nobody read it yet
     */
    record StoredHit(
            UUID id,
            Instant receivedAt,
            double score,
            @Nullable String body) {
        @Override
        public String toString() {
            return "StoredHit[" + id + "]";
        }
    }

    /**
     * One page.
     *
     * @param hits in order
     * @param next where the page after this one begins; null on the last
     * @param total how many were found, at most {@link #MOST_COUNTED}
     * @param totalIsMore whether there are more than that
     */
    record Page(
            Engine engine, List<StoredHit> hits, @Nullable SearchCursor next, int total, boolean totalIsMore) {
        Page {
            hits = List.copyOf(hits);
        }

        /** Makes a page of hits of which one more than wanted was asked for. */
        Page(Engine engine, List<StoredHit> hits, int limit, int total, boolean totalIsMore) {
            this(
                    engine,
                    hits.size() > limit ? hits.subList(0, limit) : hits,
                    hits.size() > limit ? cursor(engine, hits.get(limit - 1)) : null,
                    total,
                    totalIsMore);
        }

        static Page none() {
            return new Page(Engine.FULLTEXT, List.of(), null, 0, false);
        }

        private static SearchCursor cursor(Engine engine, StoredHit last) {
            return new SearchCursor(engine, last.score(), last.receivedAt(), last.id());
        }
    }
}
