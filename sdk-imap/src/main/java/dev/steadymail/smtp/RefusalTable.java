package dev.steadymail.smtp;

import dev.steadymail.mail.MailException.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of failure a reply is. Asked in this order: the codes about logins and protection, which mean one thing only; subject
 * and detail of the enhanced code (RFC 3463, RFC 7372 and what providers are known to use); its subject alone; the code (RFC 5321
 * section 4.2.3, RFC 4954 section 6); and where nothing is known, its class.
 */
final class RefusalTable {
    private static final Map<Integer, Kind> LOGIN_CODES =
            Map.of(530, Kind.AUTH, 523, Kind.FORBIDDEN, 538, Kind.FORBIDDEN);

    /** 5.x.y where x.y is known. */
    private static final Map<String, Kind> DETAILS = Map.ofEntries(
            Map.entry("2.2", Kind.TOO_LARGE),
            Map.entry("2.3", Kind.TOO_LARGE),
            Map.entry("3.3", Kind.UNSUPPORTED),
            Map.entry("3.4", Kind.TOO_LARGE),
            Map.entry("4.1", Kind.INVALID),
            Map.entry("4.4", Kind.INVALID),
            // Gmail: the day's limit of messages.
            Map.entry("4.5", Kind.THROTTLED),
            Map.entry("5.2", Kind.INVALID),
            Map.entry("5.3", Kind.TOO_LARGE),
            Map.entry("5.4", Kind.UNSUPPORTED),
            Map.entry("5.6", Kind.UNSUPPORTED),
            Map.entry("7.8", Kind.AUTH),
            // An application's password, a mechanism that is too weak, a login by a browser, a disabled account.
            Map.entry("7.9", Kind.REAUTH_REQUIRED),
            Map.entry("7.13", Kind.REAUTH_REQUIRED),
            Map.entry("7.14", Kind.REAUTH_REQUIRED),
            // Microsoft: passwords are switched off; not logged in.
            Map.entry("7.139", Kind.REAUTH_REQUIRED),
            Map.entry("7.57", Kind.AUTH));

    /** 5.x.y by x. */
    private static final Map<String, Kind> SUBJECTS = Map.of(
            "1", Kind.INVALID,
            "2", Kind.FORBIDDEN,
            "3", Kind.UNAVAILABLE,
            "4", Kind.UNAVAILABLE,
            "5", Kind.PROTOCOL,
            "6", Kind.UNSUPPORTED,
            "7", Kind.FORBIDDEN);

    private static final Map<Integer, Kind> CODES = Map.ofEntries(
            Map.entry(500, Kind.UNSUPPORTED),
            Map.entry(501, Kind.INVALID),
            Map.entry(502, Kind.UNSUPPORTED),
            Map.entry(503, Kind.PROTOCOL),
            Map.entry(504, Kind.UNSUPPORTED),
            Map.entry(534, Kind.REAUTH_REQUIRED),
            Map.entry(535, Kind.AUTH),
            Map.entry(551, Kind.INVALID),
            Map.entry(552, Kind.TOO_LARGE),
            Map.entry(553, Kind.INVALID),
            Map.entry(555, Kind.UNSUPPORTED));

    private static final List<String> SLOWER = List.of(
            "throttl",
            "backoff time",
            "retry after",
            "rate limit",
            "ratelimit",
            "at a rate",
            "sending limit",
            "limit exceeded",
            "too many login",
            "too many messages",
            "too fast",
            "slow down");
    private static final List<String> FEWER =
            List.of("too many connections", "too many concurrent", "concurrent", "simultaneous", "thread limit");

    private RefusalTable() {}

    /** Returns the kind of a reply of 400 to 599. */
    static Kind kind(Stage stage, Reply reply) {
        return reply.isTransient() ? ofTransient(stage, reply) : ofPermanent(stage, reply);
    }

    /** Greylisting, a full mailbox, a busy server: all pass by themselves. RFC 4954 section 4.7.12 wants a new login. */
    private static Kind ofTransient(Stage stage, Reply reply) {
        if ((reply.code() == 432 && stage == Stage.AUTH) || "7.12".equals(reply.enhanced())) {
            return Kind.REAUTH_REQUIRED;
        }
        String said = reply.words();
        if (FEWER.stream().anyMatch(said::contains)) {
            return Kind.CONCURRENCY;
        }
        boolean slower = "7.28".equals(reply.enhanced()) || SLOWER.stream().anyMatch(said::contains);
        return slower ? Kind.THROTTLED : Kind.UNAVAILABLE;
    }

    private static Kind ofPermanent(Stage stage, Reply reply) {
        Kind login = LOGIN_CODES.get(reply.code());
        if (login != null) {
            return login;
        }
        if (stage == Stage.AUTH) {
            return ofLogin(reply);
        }
        String enhanced = reply.enhanced();
        Kind known = enhanced == null ? null : ofEnhanced(enhanced);
        if (known != null) {
            return known;
        }
        Kind plain = CODES.get(reply.code());
        if (plain != null) {
            return plain;
        }
        return stage == Stage.RCPT && reply.code() == 550 ? Kind.INVALID : Kind.FORBIDDEN;
    }

    /** Whatever a login is refused for, it is no matter of the message. */
    private static Kind ofLogin(Reply reply) {
        Kind known = reply.enhanced() == null ? null : DETAILS.get(reply.enhanced());
        if (known == Kind.REAUTH_REQUIRED || reply.code() == 534) {
            return Kind.REAUTH_REQUIRED;
        }
        return Kind.AUTH;
    }

    private static @Nullable Kind ofEnhanced(String enhanced) {
        Kind detail = DETAILS.get(enhanced);
        return detail != null ? detail : SUBJECTS.get(enhanced.substring(0, enhanced.indexOf('.')));
    }
}
