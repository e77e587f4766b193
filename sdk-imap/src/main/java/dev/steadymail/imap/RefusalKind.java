package dev.steadymail.imap;

import dev.steadymail.mail.MailException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells what kind of failure a NO, BAD or BYE is: by its response code (RFC 5530), else by what servers are known to write.
 *
 * <p>Three codes ask for patience, and make the whole account wait even where they state no time (Yahoo's {@code NO [LIMIT] UID
 * FETCH Rate limit hit}):
 * <table>
 * <caption>Codes that ask for patience</caption>
 * <tr><th>answer</th><th>kind</th><th>why</th></tr>
 * <tr><td>NO [UNAVAILABLE]</td><td>THROTTLED</td><td>"a subsystem is down", which asking at once does not mend</td></tr>
 * <tr><td>NO [INUSE]</td><td>THROTTLED</td><td>somebody holds a lock; "may succeed if the client tries again later"</td></tr>
 * <tr><td>NO [LIMIT]</td><td>THROTTLED</td><td>in practice a limit of rate</td></tr>
 * <tr><td>NO [LIMIT] that speaks of flags or keywords</td><td>INVALID</td><td>what RFC 5530 meant: later is no better</td></tr>
 * <tr><td>any of the three that speaks of connections or sessions</td><td>CONCURRENCY</td><td>fewer at once is the cure</td></tr>
 * <tr><td>BYE [UNAVAILABLE], BYE [INUSE]</td><td>UNAVAILABLE</td><td>this connection is over, another one may do</td></tr>
 * <tr><td>BYE [LIMIT]</td><td>THROTTLED or CONCURRENCY</td><td>as for NO: the server had enough of us</td></tr>
 * <tr><td>any that states a time</td><td>THROTTLED</td><td>until then</td></tr>
 * </table>
 */
final class RefusalKind {
    private static final Map<String, Kind> BY_CODE = Map.ofEntries(
            Map.entry("UNAVAILABLE", Kind.THROTTLED),
            Map.entry("INUSE", Kind.THROTTLED),
            Map.entry("LIMIT", Kind.THROTTLED),
            Map.entry("THROTTLED", Kind.THROTTLED),
            Map.entry("SERVERBUG", Kind.UNAVAILABLE),
            Map.entry("AUTHENTICATIONFAILED", Kind.AUTH),
            Map.entry("AUTHORIZATIONFAILED", Kind.FORBIDDEN),
            Map.entry("PRIVACYREQUIRED", Kind.FORBIDDEN),
            Map.entry("EXPIRED", Kind.REAUTH_REQUIRED),
            Map.entry("CONTACTADMIN", Kind.REAUTH_REQUIRED),
            Map.entry("WEBALERT", Kind.REAUTH_REQUIRED),
            Map.entry("NOPERM", Kind.FORBIDDEN),
            Map.entry("READ-ONLY", Kind.FORBIDDEN),
            Map.entry("NONEXISTENT", Kind.NOT_FOUND),
            Map.entry("TRYCREATE", Kind.NOT_FOUND),
            Map.entry("OVERQUOTA", Kind.TOO_LARGE),
            Map.entry("TOOBIG", Kind.TOO_LARGE),
            Map.entry("ALREADYEXISTS", Kind.CONFLICT),
            Map.entry("EXPUNGEISSUED", Kind.CONFLICT),
            Map.entry("MODIFIED", Kind.CONFLICT),
            Map.entry("CANNOT", Kind.UNSUPPORTED),
            Map.entry("BADCHARSET", Kind.UNSUPPORTED),
            Map.entry("UNKNOWN-CTE", Kind.UNSUPPORTED),
            Map.entry("CORRUPTION", Kind.PROTOCOL),
            Map.entry("CLIENTBUG", Kind.PROTOCOL));
    private static final Set<String> PATIENCE = Set.of("UNAVAILABLE", "INUSE", "LIMIT");
    private static final Set<String> OVER = Set.of("UNAVAILABLE", "INUSE");

    private static final List<String> LATER = List.of(
            "try again",
            "temporar",
            "internal",
            "server error",
            "system error",
            "i/o error",
            "unavailable",
            "timed out",
            "timeout",
            "busy",
            "locked",
            "overload",
            "shutting down",
            "maintenance");
    private static final List<String> RIGHTS =
            List.of("permission", "denied", "not authori", "not allowed", "access right");
    private static final List<String> SLOWER =
            List.of("throttled", "backoff time", "bandwidth limit", "rate limit", "retry after");
    private static final List<String> FEWER = List.of("too many", "maximum number of connections");
    private static final List<String> AT_ONCE =
            List.of("simultaneous", "concurrent", "connections", "connection limit", "sessions");
    private static final List<String> KEYWORDS = List.of("flag", "keyword");
    private static final List<String> NO_MAILBOX =
            List.of("mailbox doesn't exist", "mailbox does not exist", "no such mailbox", "unknown mailbox");

    private RefusalKind() {}

    /**
     * Returns the kind of an answer to a command that is no login.
     *
     * @param plain the kind of a NO that explains itself in no way
     */
    static Kind ofCommand(ResponseCode response, Kind plain) {
        if (!response.isNo()) {
            return of(response, Kind.PROTOCOL);
        }
        if (saysLater(response)) {
            return of(response, Kind.UNAVAILABLE);
        }
        return of(response, says(response, RIGHTS) ? Kind.FORBIDDEN : plain);
    }

    static Kind ofLogin(ResponseCode response) {
        return of(response, response.isNo() ? Kind.AUTH : Kind.PROTOCOL);
    }

    static Kind ofBye(ResponseCode response) {
        boolean over = response.code() != null && OVER.contains(response.code());
        return over ? byText(response, Kind.UNAVAILABLE) : of(response, Kind.UNAVAILABLE);
    }

    /** Returns whether the server says that another time may be better. */
    static boolean saysLater(ResponseCode response) {
        return says(response, LATER);
    }

    /** Returns whether a farewell is about the server as a whole: it is busy, or going down. */
    static boolean isAboutServer(ResponseCode response) {
        return saysLater(response) || (response.code() != null && PATIENCE.contains(response.code()));
    }

    private static Kind of(ResponseCode response, Kind otherwise) {
        Kind known = response.code() == null ? null : BY_CODE.get(response.code());
        if (known == null || (known == Kind.UNAVAILABLE && says(response, SLOWER))) {
            return byText(response, otherwise);
        }
        return PATIENCE.contains(response.code()) ? patience(response) : known;
    }

    private static Kind patience(ResponseCode response) {
        if (response.has("LIMIT") && says(response, KEYWORDS)) {
            return Kind.INVALID;
        }
        return says(response, AT_ONCE) && !says(response, SLOWER) ? Kind.CONCURRENCY : Kind.THROTTLED;
    }

    private static Kind byText(ResponseCode response, Kind otherwise) {
        if (says(response, SLOWER)) {
            return Kind.THROTTLED;
        }
        if (says(response, FEWER)) {
            return Kind.CONCURRENCY;
        }
        if (says(response, List.of("authenticated but not connected"))) {
            return Kind.UNAVAILABLE;
        }
        return says(response, NO_MAILBOX) ? Kind.NOT_FOUND : otherwise;
    }

    private static boolean says(ResponseCode response, List<String> words) {
        String text = response.text().toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(text::contains);
    }
}
