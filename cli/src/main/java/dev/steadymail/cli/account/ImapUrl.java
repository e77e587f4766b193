package dev.steadymail.cli.account;

import dev.steadymail.cli.account.AccountUrl.Imap;
import dev.steadymail.cli.account.AccountUrl.Security;
import dev.steadymail.cli.outcome.CommandException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what follows {@code imaps://} and {@code imap://}. */
final class ImapUrl {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private ImapUrl() {}

    static Imap parse(String text, Security security) {
        Parts parts = Parts.of(text);
        int at = parts.before().lastIndexOf('@');
        User.checkNoColon(at < 0 ? parts.before() : parts.before().substring(0, at));
        if (at < 0) {
            throw CommandException.usage("ACCOUNT has no @ between USER and HOST; write imaps://USER@HOST");
        }
        String user = User.decode(parts.before().substring(0, at));
        String place = parts.before().substring(at + 1);
        int colon = portColon(place);
        String host = Host.check(colon < 0 ? place : place.substring(0, colon));
        Parameters parameters = Parameters.parse(parts.query(), known(security));
        Security chosen = security(security, parameters.get("tls"), host);
        int port = colon < 0 ? defaultPort(security) : port(place.substring(colon + 1));
        return new Imap(user, host, port, chosen, ca(parameters.get("ca"), chosen));
    }

    private static Set<String> known(Security security) {
        return security == Security.IMPLICIT_TLS ? Set.of("ca") : Set.of("ca", "tls");
    }

    /** A colon inside the brackets of an IPv6 address is not the port's. */
    private static int portColon(String place) {
        return place.indexOf(':', Math.max(0, place.lastIndexOf(']')));
    }

    private static int defaultPort(Security security) {
        return security == Security.IMPLICIT_TLS ? 993 : 143;
    }

    private static int port(String digits) {
        int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw CommandException.usage(
                    "PORT must be a number between 1 and 65535; write an IPv6 address in brackets, as in [::1]:993");
        }
        return port;
    }

    private static Security security(Security asked, @Nullable String tls, String host) {
        if (tls == null) {
            return asked;
        }
        if (!tls.equals("none")) {
            throw CommandException.usage("tls must be none or be left out; without it, STARTTLS is required");
        }
        if (!Host.isLoopback(host)) {
            throw CommandException.usage(
                    "tls=none is for this machine only (127.0.0.0/8, ::1, localhost); use imaps://, or imap:// with STARTTLS");
        }
        return Security.NONE;
    }

    private static @Nullable Path ca(@Nullable String file, Security security) {
        if (file == null) {
            return null;
        }
        if (security == Security.NONE) {
            throw CommandException.usage("ca has no meaning with tls=none; leave one of them out");
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException notAPath) {
            throw CommandException.usage("ca must name a PEM file");
        }
    }
}
