package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.Login;
import dev.steadymail.server.accounts.AccountDetails.Wishes;
import dev.steadymail.server.accounts.ConnectedAccounts.Connected;
import dev.steadymail.server.accounts.ServerFinder.Found;
import dev.steadymail.server.tenants.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Accounts that are looked at before they are kept. That no mail server was reached is told after the same time, whatever the reason.
 * Thread-safe.
 */
@Component
class AccountChecks {
    private static final int MOST_PLACES = 3;

    private final ConnectedAccounts accounts;
    private final ServerFinder finder;
    private final PortPolicy ports;
    private final LoginCheck check;
    private final ChecksAtOnce checks;

    AccountChecks(
            ConnectedAccounts accounts, ServerFinder finder, PortPolicy ports, LoginCheck check, ChecksAtOnce checks) {
        this.accounts = accounts;
        this.finder = finder;
        this.ports = ports;
        this.check = check;
        this.checks = checks;
    }

    /**
     * Connects an account.
     *
     * @throws UnreachableHostException where no mail server was met
     * @throws RefusedLoginException where it does not let the account in
     * @throws UnusableAccountException where a rule is broken
     */
    Connected connect(ConnectRequest request) {
        String email = request.url() == null ? request.email() : null;
        return email == null ? connectTold(request) : waiting(() -> connectFound(request, finder.find(email)));
    }

    private Connected connectTold(ConnectRequest request) {
        AccountUrl url = request.account();
        Login login = request.login(url);
        Wishes wishes = request.wishes();
        AccountUrl place = AccountDetails.USUAL.changedBy(wishes).with(url);
        ports.require(place);
        if (request.isChecked()) {
            waiting(() -> look(place, login));
        }
        return accounts.connect(url, login, wishes);
    }

    /** A server that refuses the login is the right one: the secret is not shown to others after that. */
    private Connected connectFound(ConnectRequest request, List<Found> found) {
        List<Found> places =
                found.stream().filter(Found::isTrusted).limit(MOST_PLACES).toList();
        for (Found place : places) {
            Optional<Connected> connected = connectFound(request, place);
            if (connected.isPresent()) {
                return connected.get();
            }
        }
        throw new UnreachableHostException();
    }

    private Optional<Connected> connectFound(ConnectRequest request, Found found) {
        requireKind(request, found);
        ImapUrl url = found.url();
        Login login = request.login(url);
        Wishes given = request.wishes();
        String smtp = given.smtp() == null && found.smtp() != null ? SmtpUrl.text(found.smtp()) : given.smtp();
        Wishes wishes = new Wishes(given.name(), smtp, given.priority());
        AccountUrl place = AccountDetails.USUAL.changedBy(wishes).with(url);
        ports.require(place);
        try {
            if (request.isChecked()) {
                check.require(place, login);
            }
            return Optional.of(accounts.connect(url, login, wishes));
        } catch (UnreachableHostException elsewhere) {
            return Optional.empty();
        } catch (RefusedLoginException refused) {
            throw refused.hinting(found.hint());
        }
    }

    private static void requireKind(ConnectRequest request, Found found) {
        boolean isPassword =
                request.secretType() == null || request.secretType().equals("password");
        if (isPassword && !found.takesPassword()) {
            throw new UnusableAccountException("this provider takes no passwords here; "
                    + (found.hint() == null ? "log in by OAuth" : found.hint()));
        }
    }

    /**
     * Changes an account.
     *
     * @throws UnknownAccountException where there is none
     */
    Account change(UUID id, ChangeRequest request) {
        AccountUrl url = accounts.find(id).url();
        Wishes wishes = request.wishes();
        Optional<Login> login = request.login(url);
        AccountUrl place = accounts.find(id).details().changedBy(wishes).with(url);
        if (wishes.smtp() != null) {
            ports.require(place);
        }
        if (login.isEmpty()) {
            return wishes.smtp() == null ? accounts.change(id, wishes) : waiting(() -> accounts.change(id, wishes));
        }
        if (request.isChecked()) {
            waiting(() -> look(place, login.get()));
        }
        accounts.change(id, wishes);
        accounts.move(id, url, login.get());
        return accounts.find(id);
    }

    private boolean look(AccountUrl place, Login login) {
        check.require(place, login);
        return true;
    }

    private <T> T waiting(Supplier<T> work) {
        return checks.run(Tenancy.current(), () -> {
            long begin = System.nanoTime();
            try {
                return work.get();
            } catch (UnreachableHostException same) {
                waitUntil(begin, check.connectTimeout());
                throw same;
            }
        });
    }

    private static void waitUntil(long begin, Duration after) {
        try {
            TimeUnit.NANOSECONDS.sleep(after.toNanos() - (System.nanoTime() - begin));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
