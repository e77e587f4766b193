package dev.steadymail.accounts;

import dev.steadymail.imap.ImapAccount.Security;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP account.
 *
 * @param user the user name
 * @param host a name or an address in lower case, without brackets
 * @param port 1 to 65,535
 * @param security how to protect the connection
 * @param ca a PEM file of certificates to trust instead of the system's, or null; null without TLS
 * @param submission where mail is sent, or null
 */
public record ImapUrl(
        String user,
        String host,
        int port,
        Security security,
        @Nullable Path ca,
        @Nullable SmtpPlace submission) implements AccountUrl {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Checks how the parts fit together. */
    public ImapUrl {
        User.check(user);
        host = Host.check(host);
        checkPort(port);
        if (security == Security.NONE_LOOPBACK_ONLY) {
            checkWithoutTls(host, ca);
        }
    }

    /** An account that sends nothing. */
    public ImapUrl(String user, String host, int port, Security security, @Nullable Path ca) {
        this(user, host, port, security, ca, null);
    }

    /** Reads what follows {@code imaps://} or {@code imap://}. */
    static ImapUrl parse(String text, Security asked) {
        Parts parts = Parts.of(text);
        int at = parts.before().lastIndexOf('@');
        User.checkNoColon(at < 0 ? parts.before() : parts.before().substring(0, at));
        if (at < 0) {
            throw InvalidAccountUrlException.of(
                    "there is no @ between USER and HOST; write for example imaps://ada@mail.example.com");
        }
        String user = User.decode(parts.before().substring(0, at));
        String place = parts.before().substring(at + 1);
        int colon = portColon(place);
        String host = Host.parse(colon < 0 ? place : place.substring(0, colon));
        int port = colon < 0 ? usualPort(asked) : port(place.substring(colon + 1));
        Parameters parameters = Parameters.parse(parts.query(), known(asked));
        return new ImapUrl(
                user,
                host,
                port,
                security(asked, parameters.get("tls")),
                ca(parameters.get("ca")),
                SmtpPlace.parse(parameters.get("smtp"), parameters.get("smtptls")));
    }

    @Override
    public String text() {
        boolean implicit = security == Security.IMPLICIT_TLS;
        String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (implicit ? "imaps://" : "imap://")
                + Percent.encode(user, "@")
                + "@"
                + place
                + (port == usualPort(security) ? "" : ":" + port)
                + query();
    }

    private String query() {
        List<String> parameters = new ArrayList<>();
        if (ca != null) {
            parameters.add("ca=" + Percent.encode(ca.toString(), "@:/"));
        }
        if (security == Security.NONE_LOOPBACK_ONLY) {
            parameters.add("tls=none");
        }
        if (submission != null) {
            parameters.add(submission.text());
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    @Override
    public List<String> hosts() {
        return submission == null || submission.host().equals(host) ? List.of(host) : List.of(host, submission.host());
    }

    private static Set<String> known(Security asked) {
        return asked == Security.IMPLICIT_TLS
                ? Set.of("ca", "smtp", "smtptls")
                : Set.of("ca", "tls", "smtp", "smtptls");
    }

    /** A colon inside the brackets of an IPv6 address is not the port's. */
    private static int portColon(String place) {
        return place.indexOf(':', Math.max(0, place.lastIndexOf(']')));
    }

    private static int usualPort(Security security) {
        return security == Security.IMPLICIT_TLS ? 993 : 143;
    }

    private static int port(String digits) {
        int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
        checkPort(port);
        return port;
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw InvalidAccountUrlException.of(
                    "PORT must be a number between 1 and 65535; write an IPv6 address in brackets, as in [::1]:993");
        }
    }

    private static Security security(Security asked, @Nullable String tls) {
        if (tls == null) {
            return asked;
        }
        if (!tls.equals("none")) {
            throw InvalidAccountUrlException.of("tls must be none or be left out; without it, STARTTLS is required");
        }
        return Security.NONE_LOOPBACK_ONLY;
    }

    private static void checkWithoutTls(String host, @Nullable Path ca) {
        if (!Host.isLoopback(host)) {
            throw InvalidAccountUrlException.of(
                    "tls=none is for this machine only (127.0.0.0/8, ::1, localhost); use imaps://, or imap:// with STARTTLS");
        }
        if (ca != null) {
            throw InvalidAccountUrlException.of("ca has no meaning with tls=none; leave one of them out");
        }
    }

    private static @Nullable Path ca(@Nullable String file) {
        try {
            return file == null ? null : Path.of(file);
        } catch (InvalidPathException notAPath) {
            throw InvalidAccountUrlException.of("ca must name a PEM file");
        }
    }

    @Override
    public String toString() {
        return "ImapUrl[hidden]";
    }
}
