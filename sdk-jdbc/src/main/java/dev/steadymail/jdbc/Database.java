package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Connections of a data source, each borrowed for one piece of work and given back as it was. Work that the database undid because of
 * what others did meanwhile is done again, {@value #MOST_TRIES} times at most and not after {@link #PATIENCE}. Thread-safe.
 */
final class Database {
    private static final int MOST_TRIES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(Session.STATEMENT_LIMIT);

    private final DataSource source;
    private final Dialect dialect;

    private Database(DataSource source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /**
     * Finds out what kind of database it is, and whether it is fit.
     *
     * @throws MailException of kind UNSUPPORTED where it is not, STORAGE where it cannot be asked
     */
    static Database of(DataSource source) {
        Dialect dialect;
        try (Connection connection = source.getConnection()) {
            dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException failure) {
            throw DatabaseTrouble.unreachable(failure);
        }
        Database database = new Database(source, dialect);
        database.read(session -> {
            dialect.prepareDatabase(session);
            return true;
        });
        return database;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Does work whose statements need not belong together. */
    <T> T read(Work<T> work) {
        return persist(() -> borrow(work, false));
    }

    /** Does all of a work or nothing of it. */
    <T> T write(Work<T> work) {
        return persist(() -> borrow(work, true));
    }

    private <T> T persist(Try<T> work) {
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return work.once();
            } catch (SQLException failure) {
                boolean again =
                        isPassing(failure) && tries < MOST_TRIES && System.nanoTime() - start < PATIENCE.toNanos();
                if (!again) {
                    throw DatabaseTrouble.of(failure, dialect, failure instanceof UnansweredCommit);
                }
                pause(tries);
            }
        }
    }

    private <T> T borrow(Work<T> work, boolean together) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            try {
                if (!autoCommit) {
                    connection.setAutoCommit(true);
                }
                Session session = new Session(connection);
                dialect.prepareConnection(session);
                return together ? inTransaction(connection, work, session) : work.on(session);
            } finally {
                restore(connection, autoCommit);
            }
        }
    }

    private <T> T inTransaction(Connection connection, Work<T> work, Session session) throws SQLException {
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.on(session);
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(connection, failure);
            throw failure;
        }
        commit(connection);
        return result;
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            rollBack(connection, failure);
            throw isPassing(failure) ? failure : new UnansweredCommit(failure);
        }
    }

    private boolean isPassing(SQLException failure) {
        return failure instanceof SQLTransactionRollbackException || dialect.isPassing(failure);
    }

    /** What cannot be rolled back any more is undone by the database when the connection ends. */
    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            discard(connection);
            failure.addSuppressed(second);
        }
    }

    /** A connection that is broken has nothing to restore, and what was done on it counts. */
    private static void restore(Connection connection, boolean autoCommit) {
        try {
            if (connection.getAutoCommit() != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException broken) {
            discard(connection);
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // Then nobody gets it again.
        }
    }

    /** Longer after each try and never alike, so that rivals do not meet again. */
    private static void pause(int tries) {
        try {
            TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(1_000, 2_000L << tries));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw MailException.of(
                    Kind.CANCELLED, "interrupted while the database was busy; nothing was stored, call again", stop);
        }
    }

    @FunctionalInterface
    private interface Try<T> {
        T once() throws SQLException;
    }

    /** The database did not say whether it committed. */
    private static final class UnansweredCommit extends SQLException {
        private static final long serialVersionUID = 1L;

        UnansweredCommit(SQLException failure) {
            super("no answer to a commit", failure.getSQLState(), failure.getErrorCode(), failure);
        }
    }
}
