package dev.steadymail.server.accounts;

import dev.steadymail.MailClient;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How accounts are doing, over HTTP. */
@RestController
class AccountStatusController {
    private final ConnectedAccounts accounts;
    private final AccountClients clients;

    AccountStatusController(ConnectedAccounts accounts, AccountClients clients) {
        this.accounts = accounts;
        this.clients = clients;
    }

    @GetMapping("/api/accounts/status")
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "List how the accounts are doing")
    Items<AccountStatus.Line> list(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = AccountPages.USUAL) int limit) {
        return AccountPages.page(accounts, after, limit, AccountStatusController::lines);
    }

    private static List<AccountStatus.Line> lines(List<Account> page, Map<UUID, Long> emails) {
        return page.stream()
                .map(account -> AccountStatus.Line.of(account, emails.getOrDefault(account.id(), 0L)))
                .toList();
    }

    @GetMapping("/api/v1/accounts/{id}/status")
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "Show how an account is doing, why, and since when")
    AccountStatus status(@PathVariable UUID id) {
        return AccountStatus.of(accounts.find(id), accounts.emailCount(id), accounts.parkedCount(id));
    }

    @PostMapping("/api/v1/accounts/{id}/sync")
    @Access(Scope.ACCOUNTS_WRITE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Sync an account now, in the background; asked again before it began, it is the same sync")
    AccountStatus sync(@PathVariable UUID id) {
        accounts.syncNow(id);
        return status(id);
    }

    /** A client is opened where there is none on this node, which connects to nobody. */
    @GetMapping("/api/v1/accounts/{id}/explain")
    @Access(Scope.ACCOUNTS_READ)
    @Operation(summary = "Say why an account is as fast as it is: what waits, circuits, quotas, as this node sees it")
    AccountExplanation explain(@PathVariable UUID id) {
        accounts.require(id);
        MailClient client = clients.of(id);
        return AccountExplanation.of(client.explain(), client.ledger());
    }
}
