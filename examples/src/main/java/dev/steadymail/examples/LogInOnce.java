package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.FileTokenStore;
import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.oauth.LoopbackLogin;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.time.Deadline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Has a person log in by browser once, stores the refresh token under encryption, and opens the mailbox with it from then on. */
public final class LogInOnce {
    private LogInOnce() {}

    public static void main(String[] args) {
        TokenStore store = FileTokenStore.open(Path.of(System.getProperty("user.home"), ".log-in-once"));
        try (MailRuntime runtime = MailRuntime.create()) {
            OAuthClient client = OAuthClient.of(
                    OAuthServer.google(),
                    System.getenv("STEADYMAIL_CLIENT_ID"),
                    Secret.of(System.getenv("STEADYMAIL_CLIENT_SECRET")),
                    runtime.time());
            AccountId account = new AccountId("gmail:" + args[0]);
            if (store.load(account).isEmpty()) {
                logIn(client, store, account, runtime.time().deadline(Duration.ofMinutes(10)), System.out::println);
            }
            labels(runtime, client, store, account, gmail -> gmail).forEach(System.out::println);
        }
    }

    static void logIn(OAuthClient client, TokenStore store, AccountId account, Deadline deadline, Consumer<URI> show) {
        try (LoopbackLogin login = client.loopbackLogin(null)) {
            show.accept(login.url());
            store.save(account, login.await(deadline).refreshToken());
        }
    }

    static List<String> labels(
            MailRuntime runtime,
            OAuthClient client,
            TokenStore store,
            AccountId account,
            UnaryOperator<GmailAccount> settings) {
        RefreshingTokens tokens =
                new RefreshingTokens(account, store, client, runtime.time().clock());
        try (MailClient mail = runtime.open(settings.apply(GmailAccount.with(tokens)))) {
            return mail.mailboxes().list().stream().map(Mailbox::fullName).toList();
        }
    }
}
