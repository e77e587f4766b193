package dev.steadymail.server.accounts;

import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.accounts.SmtpPlace;
import dev.steadymail.smtp.SmtpServer.Security;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where mail is submitted, in one line: {@code smtps://HOST[:PORT]} for TLS from the first octet, {@code smtp://HOST[:PORT]} for STARTTLS,
 * and {@code smtp://HOST[:PORT]?tls=none} towards this machine only.
 */
public final class SmtpUrl {
    private static final int SUBMISSIONS = 465;
    private static final int SUBMISSION = 587;
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>smtps?)://(?<host>\\[[0-9a-f:.]+]|[^:/?#@\\[\\]]+)(:(?<port>[0-9]{1,5}))?(?<plain>\\?tls=none)?");

    private SmtpUrl() {}

    /**
     * Reads a URL. Asks no name server.
     *
     * @throws UnusableAccountException where it is none
     */
    static SmtpPlace parse(String text) {
        Matcher url = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!url.matches() || (url.group("plain") != null && url.group("scheme").equals("smtps"))) {
            throw malformed();
        }
        Security security = url.group("scheme").equals("smtps")
                ? Security.IMPLICIT_TLS
                : url.group("plain") == null ? Security.STARTTLS : Security.NONE_LOOPBACK_ONLY;
        String host = url.group("host");
        String port = url.group("port");
        try {
            return new SmtpPlace(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    port == null ? usualPort(security) : Integer.parseInt(port),
                    security);
        } catch (InvalidAccountUrlException wrong) {
            throw malformed();
        }
    }

    /** Returns the URL in one spelling, with its port. */
    public static String text(SmtpPlace place) {
        String host = place.host().indexOf(':') < 0 ? place.host() : "[" + place.host() + "]";
        String scheme = place.security() == Security.IMPLICIT_TLS ? "smtps://" : "smtp://";
        String plain = place.security() == Security.NONE_LOOPBACK_ONLY ? "?tls=none" : "";
        return scheme + host + ":" + place.port() + plain;
    }

    private static int usualPort(Security security) {
        return security == Security.IMPLICIT_TLS ? SUBMISSIONS : SUBMISSION;
    }

    private static UnusableAccountException malformed() {
        return new UnusableAccountException(
                "smtp must be smtps://HOST[:PORT] for TLS or smtp://HOST[:PORT] for STARTTLS,"
                        + " without a user, for example smtps://smtp.example.com; smtp://HOST?tls=none is for this machine only");
    }
}
