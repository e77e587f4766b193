package dev.steadymail.cli.doctor;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.GmailUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.imap.ImapAccount.Security;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's server is and how the connection to it is protected.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65,535
 * @param protection how TLS begins
 * @param ca a PEM file of certificates to trust instead of the system's, or null
 */
record Endpoint(
        String host,
        int port,
        Protection protection,
        @Nullable Path ca) {
    /** How TLS begins on a connection. */
    enum Protection {
        /** From the first octet. */
        TLS,
        /** After IMAP's STARTTLS. */
        STARTTLS,
        /** Never: the server is on this machine. */
        NONE
    }

    static Endpoint of(AccountUrl url) {
        return url instanceof GmailUrl gmail ? api(gmail) : imap((ImapUrl) url);
    }

    /** Returns the endpoint for people. */
    String text() {
        return host + " port " + port;
    }

    private static Endpoint imap(ImapUrl url) {
        Protection protection = protection(url.security());
        return new Endpoint(url.host(), url.port(), protection, url.ca());
    }

    private static Protection protection(Security security) {
        return switch (security) {
            case IMPLICIT_TLS -> Protection.TLS;
            case STARTTLS -> Protection.STARTTLS;
            case NONE_LOOPBACK_ONLY -> Protection.NONE;
        };
    }

    private static Endpoint api(GmailUrl url) {
        URI root = url.root();
        boolean plain = root != null && "http".equals(root.getScheme());
        int stated = root == null ? -1 : root.getPort();
        int usual = plain ? 80 : 443;
        Protection protection = plain ? Protection.NONE : Protection.TLS;
        return new Endpoint(url.hosts().get(0), stated < 0 ? usual : stated, protection, null);
    }
}
