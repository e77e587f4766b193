package dev.steadymail.server.outbox;

import dev.steadymail.send.OutboxEntry;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.BodyUpTo;
import dev.steadymail.server.web.Items;
import dev.steadymail.server.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sending over HTTP. */
@RestController
@RequestMapping("/api/v1")
class OutboxController {
    /** 25 MiB as base64, and the rest of the email. */
    private static final int MOST_BYTES = 36 << 20;

    private static final int MAX_LIMIT = 200;

    private final Submissions submissions;

    OutboxController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping("/accounts/{id}/send")
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Send an email or a draft once, however often it is asked for with the same Idempotency-Key")
    ResponseEntity<EntryView> send(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody SendRequest request) {
        OutboxEntry entry = submissions.send(caller.person(), id, IdempotencyKey.of(key), request);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/outbox/" + entry.key() + "?account=" + id))
                .body(EntryView.of(id, entry));
    }

    @GetMapping("/accounts/{id}/outbox")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the newest emails that were given to the outbox, and what became of them")
    Items<EntryView> list(@PathVariable UUID id, @RequestParam(defaultValue = "50") int limit) {
        return Items.all(submissions.list(id, Math.max(1, Math.min(MAX_LIMIT, limit))).stream()
                .map(entry -> EntryView.of(id, entry))
                .toList());
    }

    @GetMapping("/outbox/{key}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show what became of an email")
    EntryView find(@PathVariable String key, @RequestParam UUID account) {
        return EntryView.of(account, submissions.find(account, key));
    }

    @PostMapping("/outbox/{key}/cancel")
    @Access(Scope.MAIL_SEND)
    @Operation(summary = "Take an email back while it has not left; 409 where it has")
    EntryView cancel(@PathVariable String key, @RequestParam UUID account) {
        return EntryView.of(account, submissions.cancel(account, key));
    }

    @PostMapping("/outbox/{key}/retry")
    @Access(Scope.MAIL_SEND)
    @Operation(summary = "Send an email again that stayed UNKNOWN; it may then arrive twice")
    EntryView sendAgain(@PathVariable String key, @RequestParam UUID account) {
        return EntryView.of(account, submissions.sendAgain(account, key));
    }

    @ExceptionHandler(TooManySendsException.class)
    ResponseEntity<ProblemDetail> tooMany(TooManySendsException many) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(many.seconds()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.of(HttpStatus.TOO_MANY_REQUESTS, TooManySendsException.TITLE, many.getMessage()));
    }
}
