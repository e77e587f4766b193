package dev.steadymail.accounts;

import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.AccountId;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Logins that people made once, kept in a {@link TokenStore} with the client that they were made for. What was granted by a provider goes
 * to that provider's servers and nowhere else, whatever an account URL says; what a server on this machine granted, as in tests, goes to
 * servers on this machine. Thread-safe as far as the store is.
 */
public final class StoredLogins {
    /** Whose login it is. */
    public enum LoginProvider {
        /** Google: the Gmail API, and IMAP at Google's hosts. */
        GMAIL,
        /** Microsoft: IMAP at Microsoft's hosts. */
        OUTLOOK;

        private AccountId id(String user) {
            return new AccountId(name().toLowerCase(Locale.ROOT) + ":" + user.toLowerCase(Locale.ROOT));
        }

        private boolean has(String imapHost) {
            return switch (this) {
                case GMAIL -> imapHost.equals("imap.gmail.com") || imapHost.equals("imap.googlemail.com");
                case OUTLOOK ->
                    imapHost.equals("outlook.office365.com")
                            || imapHost.equals("outlook.office.com")
                            || imapHost.equals("imap-mail.outlook.com");
            };
        }
    }

    private final TokenStore store;
    private final TimeSource time;
    private final HostResolver resolver;

    /**
     * Takes where logins are kept and what refreshing needs.
     *
     * @param store keeps refresh tokens and clients, both as secrets
     * @param time clock for expiry, timers for retries
     * @param resolver finds the token endpoint, as the runtime's finds the servers
     */
    public StoredLogins(TokenStore store, TimeSource time, HostResolver resolver) {
        this.store = store;
        this.time = time;
        this.resolver = resolver;
    }

    /**
     * Keeps a login in place of an older one of the same user; it is durable when this returns.
     *
     * @param client that it was made for, which alone can refresh it
     * @throws dev.steadymail.mail.MailException of kind STORAGE
     */
    public void keep(LoginProvider provider, String user, OAuthClient client, Secret refreshToken) {
        AccountId account = provider.id(user);
        store.save(StoredClient.id(account), StoredClient.write(client));
        store.save(account, refreshToken);
    }

    /**
     * Returns the access tokens of the login for an account, kept fresh; empty where there is no login for it, or none that may be used
     * at the places that the URL names.
     *
     * @throws dev.steadymail.mail.MailException of kind STORAGE where the store cannot be read or is damaged
     */
    public Optional<TokenSource> find(AccountUrl url) {
        for (LoginProvider provider : candidates(url)) {
            AccountId account = provider.id(url.user());
            Optional<OAuthClient> client = store.load(StoredClient.id(account))
                    .map(stored -> StoredClient.read(stored, time).resolver(resolver));
            if (client.isPresent() && store.load(account).isPresent() && mayBeUsed(client.get(), url)) {
                return Optional.of(new RefreshingTokens(account, store, client.get(), time.clock()));
            }
        }
        return Optional.empty();
    }

    private static List<LoginProvider> candidates(AccountUrl url) {
        if (url instanceof GmailUrl) {
            return List.of(LoginProvider.GMAIL);
        }
        String host = ((ImapUrl) url).host();
        if (Host.isLoopback(host)) {
            return List.of(LoginProvider.OUTLOOK, LoginProvider.GMAIL);
        }
        return List.of(LoginProvider.values()).stream()
                .filter(provider -> provider.has(host))
                .toList();
    }

    private static boolean mayBeUsed(OAuthClient client, AccountUrl url) {
        boolean granted = isHere(client.server().tokenUrl());
        if (url instanceof GmailUrl gmail) {
            URI root = gmail.root();
            URI token = gmail.token();
            boolean sameToken = token == null || token.equals(client.server().tokenUrl());
            return sameToken && (root == null ? !granted : granted && isHere(root));
        }
        ImapUrl imap = (ImapUrl) url;
        return granted == Host.isLoopback(imap.host()) && (granted || imap.security() != Security.NONE_LOOPBACK_ONLY);
    }

    private static boolean isHere(URI place) {
        return Host.isLoopback(Place.host(place));
    }
}
