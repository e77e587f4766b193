package dev.steadymail.accounts;

import dev.steadymail.smtp.SmtpServer.Security;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an IMAP account's mail is submitted, as an account URL says it: {@code smtp=HOST:PORT} and {@code smtptls}.
 *
 * @param host a name or an address in lower case, without brackets
 * @param port 1 to 65,535
 * @param security how to protect the connection
 */
public record SmtpPlace(String host, int port, Security security) {
    private static final int SUBMISSIONS_PORT = 465;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Checks how the parts fit together. */
    public SmtpPlace {
        host = Host.check(host);
        if (port < 1 || port > 65_535) {
            throw malformed();
        }
        if (security == Security.NONE_LOOPBACK_ONLY && !Host.isLoopback(host)) {
            throw InvalidAccountUrlException.of(
                    "smtptls=none is for this machine only (127.0.0.0/8, ::1, localhost); use starttls or implicit");
        }
    }

    /** Reads both parameters; null where there is no server. */
    static @Nullable SmtpPlace parse(@Nullable String place, @Nullable String tls) {
        if (place == null) {
            if (tls != null) {
                throw InvalidAccountUrlException.of("smtptls has no meaning without smtp=HOST:PORT");
            }
            return null;
        }
        int colon = place.indexOf(':', Math.max(0, place.lastIndexOf(']')));
        if (colon < 0 || !PORT.matcher(place.substring(colon + 1)).matches()) {
            throw malformed();
        }
        int port = Integer.parseInt(place.substring(colon + 1));
        return new SmtpPlace(Host.parse(place.substring(0, colon)), port, security(tls, port));
    }

    private static Security security(@Nullable String tls, int port) {
        if (tls == null) {
            return usual(port);
        }
        return switch (tls) {
            case "implicit" -> Security.IMPLICIT_TLS;
            case "starttls" -> Security.STARTTLS;
            case "none" -> Security.NONE_LOOPBACK_ONLY;
            default -> throw InvalidAccountUrlException.of("smtptls must be implicit, starttls or none");
        };
    }

    private static Security usual(int port) {
        return port == SUBMISSIONS_PORT ? Security.IMPLICIT_TLS : Security.STARTTLS;
    }

    /** Returns both parameters in one spelling, without {@code ?} and {@code &} around them. */
    String text() {
        String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "smtp=" + place + ":" + port + (security == usual(port) ? "" : "&smtptls=" + word());
    }

    private String word() {
        return switch (security) {
            case IMPLICIT_TLS -> "implicit";
            case STARTTLS -> "starttls";
            case NONE_LOOPBACK_ONLY -> "none";
        };
    }

    private static InvalidAccountUrlException malformed() {
        return InvalidAccountUrlException.of(
                "smtp must be HOST:PORT, for example smtp=smtp.example.com:465; write an IPv6 address in brackets");
    }

    @Override
    public String toString() {
        return "SmtpPlace[hidden]";
    }
}
