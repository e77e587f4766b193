package dev.steadymail.gmail;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Lane;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** An account at an in-process Gmail, with its provider at hand. */
final class WritingAccount implements AutoCloseable {
    private static final String USER = "ada@example.com";
    private static final String TOKEN = "token-ada";
    private static final GuardSettings COUNTED = GuardSettings.builder()
            .starts(10_000, Duration.ofSeconds(1))
            .failureRate(100)
            .openFor(Duration.ofMillis(1))
            .quota(QuotaPlans.GMAIL_2026)
            .build();

    final FakeGmail server = FakeGmail.builder().user(USER, TOKEN).start();
    final MailClient mail;

    private final MailRuntime runtime = MailRuntime.builder()
            .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)))
            .callTimeout(Duration.ofSeconds(30))
            .build();
    private final OpenedAccount account;

    WritingAccount() {
        this(GmailSettings.DEFAULT);
    }

    WritingAccount(GmailSettings settings) {
        GmailAccount gmail = GmailAccount.with(new SameToken())
                .user(USER)
                .rootUrl(URI.create(server.rootUrl()))
                .settings(settings)
                .guarded(COUNTED);
        this.account = new OpenedAccount(gmail);
        this.mail = runtime.open(account);
    }

    MailProvider provider() {
        return account.provider();
    }

    Call call() {
        return new Call(new Deadline(System.nanoTime() + 30_000_000_000L, System::nanoTime), Lane.INTERACTIVE);
    }

    GmailMailbox mailbox() {
        return server.mailbox(USER);
    }

    /** Returns how many requests of a method reached a path. */
    long requests(String method, String path) {
        return server.log().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains(path))
                .count();
    }

    @Override
    public void close() {
        runtime.close();
        server.close();
    }

    /** Has a new token of the same text after each refusal. */
    private static final class SameToken implements TokenSource {
        @Override
        public AccessToken token(Deadline deadline) {
            return new AccessToken(Secret.of(TOKEN), Instant.MAX);
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            return token(deadline);
        }
    }
}
