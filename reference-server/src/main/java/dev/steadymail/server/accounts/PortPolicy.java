package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.GmailUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which ports accounts may be at: those of mail, so that this server is nobody's tool to speak with other services. In networks that the
 * operator allowed, any port that needs no privileges as well. Thread-safe.
 */
public final class PortPolicy {
    /** The setting that lists more ports. */
    static final String SETTING = "steadymail.accounts.allowed-ports";

    private static final Set<Integer> IMAP = Set.of(143, 993);
    private static final Set<Integer> SMTP = Set.of(465, 587, 2525);
    private static final int HTTPS = 443;
    private static final int LAST_PRIVILEGED = 1023;
    private static final int LAST = 65_535;

    private final Set<Integer> more;
    private final NetworkPolicy networks;

    /**
     * Takes the operator's rules.
     *
     * @throws IllegalArgumentException where a number is no port
     */
    public PortPolicy(List<Integer> more, NetworkPolicy networks) {
        for (int port : more) {
            if (port < 1 || port > LAST) {
                throw new IllegalArgumentException(SETTING + " must list ports between 1 and 65535, had " + port);
            }
        }
        this.more = Set.copyOf(more);
        this.networks = networks;
    }

    /**
     * Checks the ports of an account. May ask name servers.
     *
     * @throws UnusableAccountException where one is not allowed
     */
    void require(AccountUrl url) {
        if (url instanceof GmailUrl gmail) {
            require(gmail.root());
            require(gmail.token());
            return;
        }
        ImapUrl imap = (ImapUrl) url;
        require(isImapAllowed(imap.host(), imap.port()), IMAP);
        SmtpPlace submission = imap.submission();
        if (submission != null) {
            require(isSmtpAllowed(submission.host(), submission.port()), SMTP);
        }
    }

    /** Returns whether an IMAP server may be there. */
    public boolean isImapAllowed(String host, int port) {
        return isAllowed(IMAP, host, port);
    }

    /** Returns whether a server that takes mail may be there. */
    public boolean isSmtpAllowed(String host, int port) {
        return isAllowed(SMTP, host, port);
    }

    private void require(@Nullable URI place) {
        if (place != null && place.getPort() >= 0) {
            require(isAllowed(Set.of(HTTPS), place.getHost(), place.getPort()), Set.of(HTTPS));
        }
    }

    private void require(boolean allowed, Set<Integer> usual) {
        if (!allowed) {
            Set<Integer> ports = new HashSet<>(usual);
            ports.addAll(more);
            throw new UnusableAccountException("the port is not allowed; use one of " + new TreeSet<>(ports)
                    + ", or ask the operator to allow it with " + SETTING);
        }
    }

    private boolean isAllowed(Set<Integer> usual, String host, int port) {
        return usual.contains(port)
                || more.contains(port)
                || (port > LAST_PRIVILEGED && networks.isOfOperator(withoutBrackets(host)));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
