package dev.steadymail.server.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table of what was accepted for sending, by which an organisation's sends are counted. Thread-safe. */
@Component
class Sendings {
    private static final Duration WINDOW = Duration.ofHours(1);

    /** Longer than the outbox keeps a key. */
    private static final Duration KEPT = Duration.ofDays(400);

    private static final String OWN = " and organisation_id = current_organisation()";
    private static final String FIND = "select * from sending where account_id = ? and key = ?" + OWN;

    /** Ends with the transaction: of two who send at the same time, the second counts the first. */
    private static final String ONE_AT_A_TIME =
            "select pg_advisory_xact_lock(hashtextextended('sending ' || current_organisation(), 0))";

    /** The one that has to be over an hour old before another may be sent. */
    private static final String NTH_NEWEST = """
            select at from sending where organisation_id = current_organisation() and at > ?
            order by at desc offset ? limit 1
            """;

    private static final String ADD = """
            insert into sending (account_id, key, request_hash, person_id, draft_id, draft_email, at)
            values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String WITH_DRAFT =
            "select * from sending where account_id = ? and draft_id is not null" + OWN;
    private static final String DRAFT_DONE =
            "update sending set draft_id = null, draft_email = null where account_id = ? and key = ?" + OWN;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final SendLimits limits;

    Sendings(JdbcTemplate jdbc, TransactionOperations transactions, SendLimits limits) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.limits = limits;
    }

    Optional<Sending> find(UUID account, String key) {
        return jdbc.query(FIND, (row, n) -> sending(row), account, key).stream().findFirst();
    }

    /**
     * Counts a sending and notes it under its key.
     *
     * @return what has the key already, with which nothing was done; empty where it was noted
     * @throws TooManySendsException where the organisation has sent its number
     */
    Optional<Sending> add(Sending sending) {
        return transactions.<Optional<Sending>>execute(transaction -> {
            jdbc.queryForList(ONE_AT_A_TIME);
            Optional<Sending> there = find(sending.account(), sending.key());
            if (there.isEmpty()) {
                requireRoom(sending.at());
                insert(sending);
            }
            return there;
        });
    }

    private void requireRoom(Instant now) {
        List<OffsetDateTime> nth =
                jdbc.queryForList(NTH_NEWEST, OffsetDateTime.class, utc(now.minus(WINDOW)), limits.sendsPerHour() - 1);
        if (!nth.isEmpty()) {
            Instant free = nth.get(0).toInstant().plus(WINDOW);
            throw new TooManySendsException(limits.sendsPerHour(), Duration.between(now, free));
        }
    }

    private void insert(Sending sending) {
        jdbc.update("delete from sending where at < ?" + OWN, utc(sending.at().minus(KEPT)));
        jdbc.update(
                ADD,
                sending.account(),
                sending.key(),
                sending.requestHash(),
                sending.person(),
                sending.draftId(),
                sending.draftEmail(),
                utc(sending.at()));
    }

    /** Takes back what did not come into the outbox. */
    void remove(UUID account, String key) {
        jdbc.update("delete from sending where account_id = ? and key = ?" + OWN, account, key);
    }

    /** Returns the sendings whose draft is still there. */
    List<Sending> withDraft(UUID account) {
        return jdbc.query(WITH_DRAFT, (row, n) -> sending(row), account);
    }

    /** Notes that a sending's draft is gone, or stays. */
    void draftDone(Sending sending) {
        jdbc.update(DRAFT_DONE, sending.account(), sending.key());
    }

    private static Sending sending(ResultSet row) throws SQLException {
        return new Sending(
                row.getObject("account_id", UUID.class),
                row.getString("key"),
                row.getString("request_hash"),
                row.getObject("person_id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("draft_id", UUID.class),
                row.getString("draft_email"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
