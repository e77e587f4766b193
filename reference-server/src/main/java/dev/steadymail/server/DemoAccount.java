package dev.steadymail.server;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.Login;
import dev.steadymail.server.accounts.Account;
import dev.steadymail.server.accounts.AccountState;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.demo.DemoMailbox;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Tenancy;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The account that shows the demo's mailbox: connected at the first start, found again at every later one. */
final class DemoAccount {
    private static final Duration FIRST_SYNC = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 50;

    private final ConnectedAccounts accounts;

    DemoAccount(ConnectedAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Connects the mailbox and waits until its mail is there, a minute at most. Its port is another one after every start, so an
     * account that is there already is led to it.
     */
    void connect(DemoMailbox mailbox) {
        Tenancy.in(Caller.OPERATORS, () -> connectBound(mailbox));
    }

    private void connectBound(DemoMailbox mailbox) {
        ImapUrl url = (ImapUrl) AccountUrl.parse(mailbox.url());
        Login login = Login.password(mailbox.secret());
        Optional<UUID> known = accounts.all().stream()
                .filter(account -> isDemo(account, url))
                .map(Account::id)
                .findFirst();
        known.ifPresent(id -> accounts.move(id, url, login));
        awaitMail(known.orElseGet(() -> accounts.connect(url, login).account().id()));
    }

    /** Nobody else's account is of this user, on this machine, without TLS. */
    private static boolean isDemo(Account account, ImapUrl demo) {
        return account.url() instanceof ImapUrl url
                && url.user().equals(demo.user())
                && url.host().equals(demo.host())
                && url.security() == demo.security();
    }

    private void awaitMail(UUID account) {
        long end = System.nanoTime() + FIRST_SYNC.toNanos();
        try {
            while (accounts.find(account).state() != AccountState.OK && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
