package dev.steadymail.server.templates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table of signatures; each person sees their own. Thread-safe. */
@Component
class Signatures {
    private static final String OWN = " person_id = ? and organisation_id = current_organisation()";
    private static final String ALL = "select * from signature where" + OWN + " order by name, id limit ?";
    private static final String FIND = "select * from signature where id = ? and" + OWN;
    private static final String ADD = """
            insert into signature (id, person_id, account_id, name, text, html, is_default, changed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String REPLACE = """
            update signature set account_id = ?, name = ?, text = ?, html = ?, is_default = ?, changed_at = ?
            where id = ? and""" + OWN;

    /** Who makes another one the default at the same time waits. */
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('signature ' || ?, 0))";

    private static final String NO_OTHER_DEFAULT = """
            update signature set is_default = false
            where is_default and account_id is not distinct from ?::uuid and id <> ? and""" + OWN;

    private static final int MOST = 1_000;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    Signatures(JdbcTemplate jdbc, TransactionOperations transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    List<Signature> all(UUID person) {
        return jdbc.query(ALL, (row, n) -> signature(row), person, MOST);
    }

    Signature find(UUID person, UUID id) {
        return jdbc.query(FIND, (row, n) -> signature(row), id, person).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownTextException("signature"));
    }

    Signature add(UUID person, SignatureRequest wanted) {
        UUID id = UUID.randomUUID();
        transactions.executeWithoutResult(transaction -> {
            clearDefault(person, id, wanted);
            jdbc.update(
                    ADD,
                    id,
                    person,
                    wanted.accountId(),
                    wanted.name(),
                    wanted.text(),
                    wanted.html(),
                    wanted.isDefault(),
                    now());
        });
        return find(person, id);
    }

    Signature replace(UUID person, UUID id, SignatureRequest wanted) {
        transactions.executeWithoutResult(transaction -> {
            clearDefault(person, id, wanted);
            jdbc.update(
                    REPLACE,
                    wanted.accountId(),
                    wanted.name(),
                    wanted.text(),
                    wanted.html(),
                    wanted.isDefault(),
                    now(),
                    id,
                    person);
        });
        return find(person, id);
    }

    private void clearDefault(UUID person, UUID id, SignatureRequest wanted) {
        if (wanted.isDefault()) {
            jdbc.queryForList(ONE_AT_A_TIME, person.toString());
            jdbc.update(NO_OTHER_DEFAULT, wanted.accountId(), id, person);
        }
    }

    void remove(UUID person, UUID id) {
        if (jdbc.update("delete from signature where id = ? and" + OWN, id, person) == 0) {
            throw new UnknownTextException("signature");
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Signature signature(ResultSet row) throws SQLException {
        return new Signature(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("name"),
                row.getString("text"),
                row.getString("html"),
                row.getBoolean("is_default"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
