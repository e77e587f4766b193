package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who did what in an organisation: every change of people, rights, tokens, accounts and consent, and every login that mattered. Rows are
 * added and read, and never changed. Thread-safe.
 */
@Component
public class AuditLog {
    private final JdbcClient database;

    AuditLog(JdbcClient database) {
        this.database = database;
    }

    /**
     * Adds a row.
     *
     * @param person who did it; null where nobody known did
     * @param action what was done, as {@code login} or {@code member.role}
     * @param target the id of what it was done to; never a name, an address or a secret
     */
    public void add(UUID organisation, @Nullable UUID person, String action, @Nullable String target) {
        Tenancy.in(organisation, () -> {
            database.sql("insert into audit_event (person_id, action, target) values (:person, :action, :target)")
                    .param("person", person)
                    .param("action", action)
                    .param("target", target)
                    .update();
        });
    }

    /**
     * Returns rows of the organisation that the thread works for, newest first.
     *
     * @param before only those older than the row of this number
     */
    List<AuditEvent> page(long before, int limit) {
        return database.sql("""
                        select id, person_id, at, action, target from audit_event
                        where organisation_id = current_organisation() and id < :before order by id desc limit :limit
                        """)
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** Deletes rows of the organisation that the thread works for which are older than a year, some at a time. Returns how many. */
    int forget(int most) {
        return database.sql("""
                        delete from audit_event where id in (
                            select id from audit_event where organisation_id = current_organisation()
                            and at < now() - interval '366 days' order by id limit ?)
                        """).param(most).update();
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("person_id", UUID.class),
                row.getString("action"),
                row.getString("target"));
    }

    /** One thing that was done. */
    record AuditEvent(
            long id,
            Instant at,
            @Nullable UUID personId,
            String action,
            @Nullable String target) {}
}
