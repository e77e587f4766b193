package dev.steadymail.accounts;

import dev.steadymail.accounts.Login.AccessToken;
import dev.steadymail.accounts.Login.Password;
import dev.steadymail.accounts.Login.RefreshToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;

/** Makes accounts of every provider from a URL and a login. Thread-safe. */
public final class Accounts {
    private final TimeSource time;
    private final HostResolver resolver;

    /**
     * Takes what refreshing tokens needs; give it those of the runtime that opens the accounts.
     *
     * @param time clock for expiry, timers for retries
     * @param resolver finds the token endpoint, as the runtime's finds the servers
     */
    public Accounts(TimeSource time, HostResolver resolver) {
        this.time = time;
        this.resolver = resolver;
    }

    /**
     * Returns an account to be opened by a runtime. Reads the file that {@code ca} names and does no other I/O. A refresh token
     * that the endpoint replaces is kept for as long as the account; Google replaces none.
     *
     * @throws InvalidAccountUrlException where {@code ca} cannot be used
     * @throws IllegalArgumentException where the login is of a kind that the provider does not take
     */
    public MailAccount open(AccountUrl url, Login login) {
        return url instanceof GmailUrl gmail
                ? gmail(gmail, tokens(gmail, login))
                : imap((ImapUrl) url, credentials(url.user(), login));
    }

    /**
     * Returns an account to be opened by a runtime, with access tokens from anywhere: of a stored login, of a service account, or the
     * application's own. Reads the file that {@code ca} names and does no other I/O.
     *
     * @throws InvalidAccountUrlException where {@code ca} cannot be used
     */
    public MailAccount open(AccountUrl url, TokenSource tokens) {
        return url instanceof GmailUrl gmail
                ? gmail(gmail, tokens)
                : imap((ImapUrl) url, Credentials.bearer(url.user(), tokens));
    }

    private static MailAccount imap(ImapUrl url, Credentials credentials) {
        ImapAccount account =
                ImapAccount.at(url.host(), credentials).security(url.security()).port(url.port());
        SmtpPlace submission = url.submission();
        ImapAccount sending = submission == null ? account : account.submitting(server(submission));
        Path ca = url.ca();
        return ca == null ? sending : trusting(ca, sending);
    }

    private static SmtpServer server(SmtpPlace place) {
        return SmtpServer.at(place.host()).security(place.security()).port(place.port());
    }

    private static Credentials credentials(String user, Login login) {
        if (login instanceof Password password) {
            return Credentials.password(user, password.password().reveal());
        }
        if (login instanceof AccessToken access) {
            return Credentials.bearer(user, Tokens.fixed(access.token().reveal()));
        }
        throw new IllegalArgumentException(
                "an IMAP account takes a password or an access token; give one instead of the refresh token");
    }

    private static ImapAccount trusting(Path ca, ImapAccount account) {
        try {
            return account.trusting(ca);
        } catch (MailException unusable) {
            if (unusable.kind() != Kind.INVALID) {
                throw unusable;
            }
            throw InvalidAccountUrlException.of("ca must name a readable PEM file with at least one certificate");
        }
    }

    private static MailAccount gmail(GmailUrl url, TokenSource tokens) {
        GmailAccount account = GmailAccount.with(tokens).user(url.user());
        URI elsewhere = url.root();
        return elsewhere == null ? account : account.rootUrl(elsewhere);
    }

    private TokenSource tokens(GmailUrl url, Login login) {
        if (login instanceof AccessToken access) {
            return Tokens.fixed(access.token().reveal());
        }
        if (login instanceof RefreshToken refresh) {
            return refreshing(url, refresh);
        }
        throw new IllegalArgumentException(
                "a Gmail account takes an access token or a refresh token; a password works over imaps:// only");
    }

    private TokenSource refreshing(GmailUrl url, RefreshToken login) {
        URI elsewhere = url.token();
        OAuthServer google = OAuthServer.google();
        OAuthClient client = OAuthClient.of(
                        elsewhere == null ? google : google.tokenUrl(elsewhere),
                        login.clientId(),
                        login.clientSecret(),
                        time)
                .resolver(resolver);
        return new RefreshingTokens(
                new AccountId("gmail:" + url.user()), new OneToken(login.token()), client, time.clock());
    }
}
