package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** SQLite 3.35 and newer in a file; failures are told by its result codes. */
final class SqliteDialect implements Dialect {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;

    private static final Map<Integer, String> REMEDIES = Map.of(
            BUSY,
            "another connection holds it; keep transactions of yours short",
            LOCKED,
            "another connection holds a table; keep transactions of yours short",
            8,
            "it is read-only; check the rights of its file and folder",
            10,
            "the disk failed; check it",
            11,
            "its file is damaged; restore a copy",
            13,
            "its disk is full; make room",
            14,
            "its file cannot be opened; check path and rights",
            26,
            "its file is no SQLite database; name another one");

    @Override
    public String name() {
        return "sqlite";
    }

    /** With WAL readers and the one writer do not wait for each other. The setting stays in the file. */
    @Override
    public void prepareDatabase(Session session) throws SQLException {
        String mode = session.first("pragma journal_mode = wal", row -> row.getString(1))
                .orElse("");
        if (!mode.toLowerCase(Locale.ROOT).equals("wal")) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "the SQLite database cannot keep a write-ahead log; name a file on a local disk, not one in memory");
        }
    }

    /** With {@code full} a commit is on the disk, not only safe from the end of the process. */
    @Override
    public void prepareConnection(Session session) throws SQLException {
        session.run("pragma busy_timeout = " + Session.STATEMENT_LIMIT * 1_000);
        session.run("pragma synchronous = full");
    }

    /** Whatever writes first is the only writer until it ends. */
    @Override
    public void lockSchema(Session session) throws SQLException {
        session.run("create table if not exists steadymail_schema (version integer primary key)");
        session.update("delete from steadymail_schema where version < 0");
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return session.number("select count(*) from sqlite_master where type = 'table' and name = ?", table) == 1;
    }

    @Override
    public boolean isPassing(SQLException failure) {
        int code = code(failure);
        return code == BUSY || code == LOCKED;
    }

    @Override
    public Optional<String> remedy(SQLException failure) {
        return Optional.ofNullable(REMEDIES.get(code(failure)));
    }

    /** The upper bits only refine. */
    private static int code(SQLException failure) {
        return failure.getErrorCode() & 0xff;
    }
}
