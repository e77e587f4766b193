package dev.steadymail.server.mail;

import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Threads over HTTP: emails that the provider groups or, where it does not, that name each other. */
@RestController
@RequestMapping("/api/v1")
class ThreadController {
    private static final int MAX_LIMIT = 200;

    private final ConnectedAccounts accounts;
    private final StoredThreads threads;
    private final ETags tags;

    ThreadController(ConnectedAccounts accounts, StoredThreads threads, ETags tags) {
        this.accounts = accounts;
        this.threads = threads;
        this.tags = tags;
    }

    @GetMapping("/accounts/{id}/threads")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the threads of an account, that with the newest email first")
    ResponseEntity<Items<ThreadSummary>> threads(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        accounts.require(id);
        return tags.answer(threads.threads(id, cursor(after), size(limit)));
    }

    @GetMapping("/threads/{threadId}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the emails of a thread, newest first")
    ResponseEntity<Items<EmailSummary>> thread(
            @PathVariable UUID threadId,
            @RequestParam UUID account,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        accounts.require(account);
        Items<EmailSummary> found = threads.emails(account, threadId, cursor(after), size(limit));
        if (found.items().isEmpty() && after == null) {
            throw new UnknownMailException("thread");
        }
        return tags.answer(found);
    }

    private static @Nullable EmailCursor cursor(@Nullable String after) {
        return after == null ? null : EmailCursor.parse(after);
    }

    private static int size(int limit) {
        return Math.max(1, Math.min(MAX_LIMIT, limit));
    }
}
