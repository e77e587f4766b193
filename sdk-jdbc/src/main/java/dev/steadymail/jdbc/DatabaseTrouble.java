package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.sql.SQLException;

/** Makes of a failure of the database one of ours, without the values that drivers put into their messages. */
final class DatabaseTrouble {
    private static final String FOREIGN_KEY = "23503";

    private DatabaseTrouble() {}

    /**
     * Says what failed and what to do.
     *
     * @param unclear whether a commit was not answered, so that all or nothing of it was done
     */
    static MailException of(SQLException failure, Dialect dialect, boolean unclear) {
        if (FOREIGN_KEY.equals(failure.getSQLState())) {
            return accountRemoved();
        }
        String remedy = dialect.remedy(failure).orElse("see the server's log");
        String effect = unclear ? "; whether this change was stored is not known, so read it again" : "";
        return MailException.builder(kind(failure), "the database failed (" + code(failure) + "): " + remedy + effect)
                .cause(withoutValues(failure))
                .mayHaveTakenEffect(unclear)
                .build();
    }

    static MailException accountRemoved() {
        return MailException.of(Kind.STORAGE, "the account was removed from the database; open its stores again");
    }

    /** Says that no connection was to be had, before the dialect is known. */
    static MailException unreachable(SQLException failure) {
        return MailException.of(
                Kind.STORAGE,
                "the database cannot be reached (" + code(failure) + "); check the address, the login and the pool",
                withoutValues(failure));
    }

    /** Class 22: a value that the database does not take, now or later. */
    private static Kind kind(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("22") ? Kind.INVALID : Kind.STORAGE;
    }

    private static String code(SQLException failure) {
        return failure.getSQLState() == null ? "code " + failure.getErrorCode() : "SQLSTATE " + failure.getSQLState();
    }

    /** Keeps where it happened. */
    private static SQLException withoutValues(SQLException failure) {
        SQLException bare = new SQLException(code(failure), failure.getSQLState(), failure.getErrorCode());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
