package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenEndpoint;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Opens a Gmail account with a refresh token: access tokens come and go by themselves, one refresh at a time. */
public final class GmailWithRefreshToken {
    private GmailWithRefreshToken() {}

    public static void main(String[] args) {
        TokenStore store = new OneToken(Secret.of(System.getenv("STEADYMAIL_REFRESH_TOKEN")));
        try (MailRuntime runtime = MailRuntime.create()) {
            TokenEndpoint google = OAuthClient.of(
                    OAuthServer.google(),
                    System.getenv("STEADYMAIL_CLIENT_ID"),
                    Secret.of(System.getenv("STEADYMAIL_CLIENT_SECRET")),
                    runtime.time());
            labels(runtime, store, google, account -> account).forEach(System.out::println);
        }
    }

    static List<String> labels(
            MailRuntime runtime, TokenStore store, TokenEndpoint endpoint, UnaryOperator<GmailAccount> settings) {
        AccountId account = new AccountId("gmail:me");
        RefreshingTokens tokens =
                new RefreshingTokens(account, store, endpoint, runtime.time().clock());
        try (MailClient mail = runtime.open(settings.apply(GmailAccount.with(tokens)))) {
            return mail.mailboxes().list().stream().map(Mailbox::fullName).toList();
        }
    }

    /** Keeps the token for this run; a service keeps it where it survives one. */
    static final class OneToken implements TokenStore {
        private volatile Secret value;

        OneToken(Secret value) {
            this.value = value;
        }

        @Override
        public Optional<Secret> load(AccountId account) {
            return Optional.of(value);
        }

        @Override
        public void save(AccountId account, Secret refreshToken) {
            value = refreshToken;
        }
    }
}
