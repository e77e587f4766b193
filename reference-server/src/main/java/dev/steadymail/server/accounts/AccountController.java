package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.server.accounts.Account.Trouble;
import dev.steadymail.server.accounts.ConnectedAccounts.Connected;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import dev.steadymail.server.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over HTTP. */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {
    private final ConnectedAccounts accounts;

    AccountController(ConnectedAccounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping
    @Access(Scope.ACCOUNTS_WRITE)
    @Operation(summary = "Connect an account; its mail is read in the background")
    ResponseEntity<AccountView> connect(@RequestBody ConnectRequest request) {
        AccountUrl url = request.account();
        Connected connected = accounts.connect(url, request.login(url));
        AccountView view = view(connected.account());
        return connected.created()
                ? ResponseEntity.created(URI.create("/api/v1/accounts/" + view.id()))
                        .body(view)
                : ResponseEntity.ok(view);
    }

    @GetMapping
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "List the connected accounts")
    Items<AccountView> list() {
        Map<UUID, Long> emails = accounts.emailCounts();
        return Items.all(accounts.all().stream()
                .map(account -> AccountView.of(account, emails.getOrDefault(account.id(), 0L)))
                .toList());
    }

    @GetMapping("/{id}")
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "Show an account and how it is doing")
    AccountView find(@PathVariable UUID id) {
        return view(accounts.find(id));
    }

    @DeleteMapping("/{id}")
    @Access(Scope.ACCOUNTS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an account and all that is stored of it; mail at the provider stays")
    void remove(@PathVariable UUID id) {
        accounts.remove(id);
    }

    @ExceptionHandler(InvalidAccountUrlException.class)
    ProblemDetail wrongUrl(InvalidAccountUrlException wrong) {
        return Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "The account URL is wrong", wrong.getMessage());
    }

    private AccountView view(Account account) {
        return AccountView.of(account, accounts.emailCount(account.id()));
    }

    /** An account as the API shows it. */
    record AccountView(
            UUID id,
            String url,
            String provider,
            String user,
            AccountState state,
            @Nullable Trouble error,
            @Nullable Instant lastSyncedAt,
            @Nullable Instant nextSyncAt,
            Instant createdAt,
            long emails) {
        static AccountView of(Account account, long emails) {
            AccountUrl url = account.url();
            return new AccountView(
                    account.id(),
                    url.text(),
                    url instanceof ImapUrl ? "imap" : "gmail",
                    url.user(),
                    account.state(),
                    account.trouble(),
                    account.lastSyncedAt(),
                    account.nextSyncAt(),
                    account.createdAt(),
                    emails);
        }

        @Override
        public String toString() {
            return "AccountView[" + id + "]";
        }
    }
}
