package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.sql.SQLException;
import java.util.Optional;

/** In what databases differ. Stateless. */
interface Dialect {
    /** Returns what the names of its SQL files begin with. */
    String name();

    /**
     * Looks whether a database is fit, and makes it so where that is a setting that lasts.
     *
     * @throws MailException of kind UNSUPPORTED where it is not
     */
    void prepareDatabase(Session session) throws SQLException;

    /** Sets what each connection needs, outside a transaction. */
    void prepareConnection(Session session) throws SQLException;

    /** Makes the transaction the only one that changes the schema, until it ends. */
    void lockSchema(Session session) throws SQLException;

    boolean hasTable(Session session, String table) throws SQLException;

    /** Returns whether the database undid everything and the same may go well now. */
    boolean isPassing(SQLException failure);

    /** Returns what to do about a failure; empty where nothing is known about it. */
    Optional<String> remedy(SQLException failure);

    /** Returns the dialect of a product, by the name that its driver gives it. */
    static Dialect of(String product) {
        return switch (product) {
            case "PostgreSQL" -> new PostgresDialect();
            case "SQLite" -> new SqliteDialect();
            default ->
                throw MailException.of(
                        Kind.UNSUPPORTED,
                        "the database is neither PostgreSQL nor SQLite; take one of them, or write an OutboxStore and a SyncStore"
                                + " for it and test them with the conformance kits");
        };
    }
}
