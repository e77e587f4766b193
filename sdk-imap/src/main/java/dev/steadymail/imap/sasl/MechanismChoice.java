package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.sasl.LoginWay.Mechanism;
import java.util.List;
import java.util.Set;

/**
 * Chooses how to log in. The order is ours, not the server's, so that nobody can talk us down to a weaker way: an access token goes by
 * OAUTHBEARER, then XOAUTH2; a password by SCRAM-SHA-256, then PLAIN, then LOGIN. What gives the secret away is used only where nobody
 * can listen.
 *
 * @param channel who may listen
 * @param preferXoauth2 whether XOAUTH2 comes before OAUTHBEARER, for providers that do it better
 */
public record MechanismChoice(Channel channel, boolean preferXoauth2) {
    /** Who may listen on a connection. */
    public enum Channel {
        /** TLS, with the server's name checked. */
        TLS,
        /** Without TLS to this machine, for an account that allows nothing else. */
        LOOPBACK,
        /** Without TLS over a network. */
        EXPOSED
    }

    /**
     * Returns the way to log in.
     *
     * @param capabilities what the server states on this connection, in upper case, after STARTTLS where that was used
     */
    public LoginWay choose(Set<String> capabilities, Credentials credentials) {
        return credentials instanceof Credentials.Bearer ? bearer(capabilities) : password(capabilities);
    }

    private LoginWay bearer(Set<String> capabilities) {
        // RFC 7628 section 1 and RFC 6750 section 5.3: whoever sees a token can use it.
        if (channel == Channel.EXPOSED) {
            return new LoginWay.None("an access token is not sent without TLS; use TLS or STARTTLS");
        }
        List<Mechanism> order = preferXoauth2
                ? List.of(Mechanism.XOAUTH2, Mechanism.OAUTHBEARER)
                : List.of(Mechanism.OAUTHBEARER, Mechanism.XOAUTH2);
        for (Mechanism mechanism : order) {
            if (capabilities.contains(mechanism.capability())) {
                return authenticate(mechanism, capabilities);
            }
        }
        return new LoginWay.None("the server takes no access tokens (neither OAUTHBEARER nor XOAUTH2); use a password, "
                + "where the provider has them an app password");
    }

    private LoginWay password(Set<String> capabilities) {
        if (capabilities.contains(Mechanism.SCRAM_SHA_256.capability())) {
            return authenticate(Mechanism.SCRAM_SHA_256, capabilities);
        }
        if (channel == Channel.EXPOSED) {
            return new LoginWay.None("a password is not sent without TLS; use TLS or STARTTLS");
        }
        if (capabilities.contains(Mechanism.PLAIN.capability())) {
            return authenticate(Mechanism.PLAIN, capabilities);
        }
        if (!capabilities.contains("LOGINDISABLED")) {
            return new LoginWay.LoginCommand();
        }
        return new LoginWay.None(noPassword(capabilities));
    }

    private String noPassword(Set<String> capabilities) {
        if (capabilities.contains(Mechanism.OAUTHBEARER.capability())
                || capabilities.contains(Mechanism.XOAUTH2.capability())) {
            return "the server takes no password, but access tokens; log in with OAuth 2.0";
        }
        return channel == Channel.TLS
                ? "the server offers no way to log in with a password that is known here (SCRAM-SHA-256, PLAIN, LOGIN)"
                : "the server takes no password on this connection; use TLS or STARTTLS";
    }

    private static LoginWay authenticate(Mechanism mechanism, Set<String> capabilities) {
        return new LoginWay.Authenticate(mechanism, capabilities.contains("SASL-IR"));
    }
}
