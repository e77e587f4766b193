package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.accounts.SmtpPlace;
import dev.steadymail.server.accounts.Account.Trouble;
import dev.steadymail.server.accounts.ConnectedAccounts.Connected;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import dev.steadymail.server.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over HTTP. */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {
    private final ConnectedAccounts accounts;
    private final AccountChecks checks;

    AccountController(ConnectedAccounts accounts, AccountChecks checks) {
        this.accounts = accounts;
        this.checks = checks;
    }

    @PostMapping
    @Access(Scope.ACCOUNTS_WRITE)
    @Operation(summary = "Connect an account once its login was tried; its mail is read in the background")
    ResponseEntity<AccountView> connect(@RequestBody ConnectRequest request) {
        Connected connected = checks.connect(request);
        AccountView view = view(connected.account());
        return connected.created()
                ? ResponseEntity.created(URI.create("/api/v1/accounts/" + view.id()))
                        .body(view)
                : ResponseEntity.ok(view);
    }

    @GetMapping
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "List the connected accounts")
    Items<AccountView> list(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = AccountPages.USUAL) int limit) {
        return AccountPages.page(accounts, after, limit, AccountController::views);
    }

    private static List<AccountView> views(List<Account> page, Map<UUID, Long> emails) {
        return page.stream()
                .map(account -> AccountView.of(account, emails.getOrDefault(account.id(), 0L)))
                .toList();
    }

    @GetMapping("/{id}")
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "Show an account and how it is doing")
    AccountView find(@PathVariable UUID id) {
        return view(accounts.find(id));
    }

    @PatchMapping("/{id}")
    @Access(Scope.ACCOUNTS_WRITE)
    @Operation(summary = "Change what an account is called, how much it matters, where it sends, or its credentials")
    AccountView change(@PathVariable UUID id, @RequestBody ChangeRequest request) {
        return view(checks.change(id, request));
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

    @ExceptionHandler(RefusedLoginException.class)
    ResponseEntity<ProblemDetail> refusedLogin(RefusedLoginException refused) {
        ProblemDetail problem =
                Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, refused.heading(), String.valueOf(refused.getMessage()));
        problem.setProperty("kind", refused.kind().name());
        problem.setProperty("retryable", refused.isRetryable());
        problem.setProperty("remedy", refused.remedy());
        refused.retryAt().ifPresent(at -> problem.setProperty("retryAt", at));
        return problem(problem);
    }

    @ExceptionHandler(UnreachableHostException.class)
    ResponseEntity<ProblemDetail> unreached(UnreachableHostException same) {
        ProblemDetail problem = Problems.of(
                HttpStatus.UNPROCESSABLE_CONTENT, UnreachableHostException.TITLE, String.valueOf(same.getMessage()));
        problem.setProperty("kind", UnreachableHostException.KIND);
        problem.setProperty("retryable", true);
        problem.setProperty("remedy", UnreachableHostException.REMEDY);
        return problem(problem);
    }

    private static ResponseEntity<ProblemDetail> problem(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
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
            long emails,
            @Nullable String name,
            Priority priority,
            @Nullable String smtp) {
        static AccountView of(Account account, long emails) {
            AccountUrl url = account.url();
            SmtpPlace submission = account.submission();
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
                    emails,
                    account.details().name(),
                    account.priority(),
                    submission == null ? null : SmtpUrl.text(submission));
        }

        @Override
        public String toString() {
            return "AccountView[" + id + "]";
        }
    }
}
