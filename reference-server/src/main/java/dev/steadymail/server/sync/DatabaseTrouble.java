package dev.steadymail.server.sync;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.sql.SQLException;
import java.util.Map;

/** What a failure of the database means, told by its SQLSTATE (PostgreSQL manual, appendix A). */
final class DatabaseTrouble {
    private static final String FOREIGN_KEY = "23503";
    private static final Map<String, String> REMEDIES = Map.of(
            "53100", "its disk is full; make room",
            "53200", "it is out of memory",
            "53300", "it has no connection left; raise max_connections",
            "25006", "it is read-only; name the primary in DATABASE_URL",
            "57014", "a statement took too long");

    private DatabaseTrouble() {}

    static MailException of(RuntimeException failure) {
        String state = state(failure);
        if (isAboutContent(state)) {
            return MailException.of(Kind.INVALID, "the database refuses the content (SQLSTATE " + state + ")", failure);
        }
        return MailException.of(
                Kind.STORAGE,
                "the database did not do its part (SQLSTATE " + state + "): "
                        + REMEDIES.getOrDefault(state, "see the server's log")
                        + "; the next run goes on from here",
                failure);
    }

    /** Data exceptions, broken constraints, exceeded limits: the same content is refused every time. */
    private static boolean isAboutContent(String state) {
        return (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"))
                && !state.equals(FOREIGN_KEY);
    }

    private static String state(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "unknown";
    }
}
