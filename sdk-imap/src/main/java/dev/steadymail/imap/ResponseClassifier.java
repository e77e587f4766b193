package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what a refusal of the server means: by its response code (RFC 5530), else by what servers are known to write. */
final class ResponseClassifier {
    private static final int LONGEST_QUOTE = 200;
    private static final Duration LONGEST_BACKOFF = Duration.ofDays(1);
    private static final Pattern BACKOFF =
            Pattern.compile("Suggested Backoff Time: (\\d{1,9}) milliseconds", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Kind> BY_CODE = Map.ofEntries(
            Map.entry("UNAVAILABLE", Kind.UNAVAILABLE),
            Map.entry("SERVERBUG", Kind.UNAVAILABLE),
            Map.entry("INUSE", Kind.UNAVAILABLE),
            Map.entry("LIMIT", Kind.CONCURRENCY),
            Map.entry("THROTTLED", Kind.THROTTLED),
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
    private static final Set<String> OPENS = Set.of("SELECT", "EXAMINE");
    private static final Set<String> WRITES = Set.of("UID STORE", "UID COPY", "UID MOVE", "UID EXPUNGE");
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
            "locked");
    private static final List<String> RIGHTS =
            List.of("permission", "denied", "not authori", "not allowed", "access right");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\"',;:]+@[^\\s<>()\"',;]+");

    private final InstantSource clock;

    ResponseClassifier(InstantSource clock) {
        this.clock = clock;
    }

    /** Classifies the answer to a command that is no login. */
    MailException refusal(String command, ResponseCode response) {
        Kind plain = WRITES.contains(command) ? Kind.FORBIDDEN : Kind.UNAVAILABLE;
        Kind fallback = response.isNo() ? refusalKind(response, plain) : textKind(response, Kind.PROTOCOL);
        MailException.Builder failure = failure(kind(response, fallback), "the server refused " + command, response);
        // RFC 3501 section 6.3.1: a NO here is about the mailbox, and asking again at once changes nothing.
        boolean settled = fallback == Kind.UNAVAILABLE
                && OPENS.contains(command)
                && response.code() == null
                && !saysLater(response);
        return (settled ? failure.permanent() : failure).build();
    }

    /** Classifies the answer to a login. */
    MailException loginRefusal(ResponseCode response) {
        Kind fallback = response.isNo() ? textKind(response, Kind.AUTH) : textKind(response, Kind.PROTOCOL);
        return failure(kind(response, fallback), loginMessage(kind(response, fallback)), response)
                .build();
    }

    /** Classifies a farewell; the connection is over. */
    MailException bye(String line) {
        ResponseCode response = ResponseCode.parse(line);
        return failure(
                        kind(response, textKind(response, Kind.UNAVAILABLE)),
                        "the server ended the connection",
                        response)
                .build();
    }

    /** Classifies a broken connection. */
    MailException broken(String command, IOException failure) {
        if (failure instanceof ResponseTooLargeException) {
            return MailException.of(Kind.TOO_LARGE, String.valueOf(failure.getMessage()), failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return MailException.of(Kind.TIMEOUT, "the server fell silent during " + command, failure);
        }
        return MailException.of(Kind.NETWORK, "the connection broke during " + command, failure);
    }

    /** Returns a server's text as it may be shown: without control characters and addresses, at most 200 characters. */
    static String quote(String text) {
        String clean = text.codePoints()
                .limit(2L * LONGEST_QUOTE)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        String shown = ADDRESS.matcher(clean).replaceAll("<address>");
        return shown.length() <= LONGEST_QUOTE ? shown : shown.substring(0, LONGEST_QUOTE);
    }

    private static Kind kind(ResponseCode response, Kind fallback) {
        Kind known = response.code() == null ? null : BY_CODE.get(response.code());
        if (known == Kind.UNAVAILABLE && fallback == Kind.THROTTLED) {
            return fallback;
        }
        return known == null ? fallback : known;
    }

    private static Kind refusalKind(ResponseCode response, Kind plain) {
        if (saysLater(response)) {
            return textKind(response, Kind.UNAVAILABLE);
        }
        String text = response.text().toLowerCase(Locale.ROOT);
        return textKind(response, says(text, RIGHTS) ? Kind.FORBIDDEN : plain);
    }

    private static boolean saysLater(ResponseCode response) {
        String text = response.text().toLowerCase(Locale.ROOT);
        return says(text, LATER);
    }

    private static boolean says(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }

    /** What servers write where they give no code. */
    private static Kind textKind(ResponseCode response, Kind otherwise) {
        String text = response.text().toLowerCase(Locale.ROOT);
        if (text.contains("throttled") || text.contains("backoff time") || text.contains("bandwidth limit")) {
            return Kind.THROTTLED;
        }
        if (text.contains("too many") || text.contains("maximum number of connections")) {
            return Kind.CONCURRENCY;
        }
        if (text.contains("authenticated but not connected")) {
            return Kind.UNAVAILABLE;
        }
        boolean gone = text.contains("mailbox doesn't exist")
                || text.contains("mailbox does not exist")
                || text.contains("no such mailbox")
                || text.contains("unknown mailbox");
        return gone ? Kind.NOT_FOUND : otherwise;
    }

    private static String loginMessage(Kind kind) {
        if (kind == Kind.AUTH) {
            return "the server refused user name or password; check both (many providers want an app password)";
        }
        if (kind == Kind.REAUTH_REQUIRED || kind == Kind.FORBIDDEN) {
            return "the server does not let this account in; its owner must act";
        }
        return "the server refused the login";
    }

    private MailException.Builder failure(Kind kind, String what, ResponseCode response) {
        String said = quote(response.text());
        MailException.Builder failure = MailException.builder(kind, said.isEmpty() ? what : what + ": " + said)
                .providerCode(response.code());
        Duration backoff = backoff(response.text());
        if (backoff != null) {
            failure.retryAt(clock.instant().plus(backoff));
        }
        return failure;
    }

    private static @Nullable Duration backoff(String text) {
        Matcher stated = BACKOFF.matcher(text);
        if (!stated.find()) {
            return null;
        }
        Duration backoff = Duration.ofMillis(Long.parseLong(stated.group(1)));
        return backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff;
    }
}
