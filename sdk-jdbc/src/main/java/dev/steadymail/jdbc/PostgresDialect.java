package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL 12 and newer; failures are told by SQLSTATE (PostgreSQL manual, appendix A). */
final class PostgresDialect implements Dialect {
    /** Names the lock among those that other programs take in the same database: "steadyma" in ASCII. */
    private static final long SCHEMA_LOCK = 0x737465616479_6d61L;

    /** A transaction that could not be serialized, a deadlock, a lock that was not to be had. */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "55P03");

    private static final Map<String, String> REMEDIES = Map.of(
            "22", "it does not take a value of this message or account; look at its encoding and limits",
            "25", "it is read-only; connect to the primary",
            "28", "it refused the login; check user and password",
            "3D", "it has no such database; create it",
            "42",
                    "a table or a right is missing; open the stores once as a role that may create tables, or grant the rights",
            "53", "it has no room, memory or connection left",
            "54", "a value is longer than it takes",
            "57", "a statement took too long, or the server is stopping",
            "08", "the connection could not be made or broke");

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void prepareDatabase(Session session) throws SQLException {
        String encoding =
                session.first("show server_encoding", row -> row.getString(1)).orElse("");
        if (!encoding.equals("UTF8")) {
            throw MailException.of(
                    Kind.UNSUPPORTED, "the database keeps texts as " + encoding + "; create one with encoding UTF8");
        }
    }

    @Override
    public void prepareConnection(Session session) {
        // Whoever made the pool has set what is to be set.
    }

    @Override
    public void lockSchema(Session session) throws SQLException {
        session.list("select pg_advisory_xact_lock(?)", row -> true, SCHEMA_LOCK);
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return session.number("select case when to_regclass(?) is null then 0 else 1 end", table) == 1;
    }

    @Override
    public boolean isPassing(SQLException failure) {
        return failure.getSQLState() != null && PASSING.contains(failure.getSQLState());
    }

    @Override
    public Optional<String> remedy(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() < 2
                ? Optional.empty()
                : Optional.ofNullable(REMEDIES.get(state.substring(0, 2)));
    }
}
