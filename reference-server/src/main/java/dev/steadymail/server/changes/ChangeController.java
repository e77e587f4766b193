package dev.steadymail.server.changes;

import dev.steadymail.server.changes.BulkChange.Results;
import dev.steadymail.server.idempotency.Idempotent;
import dev.steadymail.server.mail.EmailSummary;
import dev.steadymail.server.mail.EmailTag;
import dev.steadymail.server.mail.StoredMail;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Changes of emails over HTTP. */
@RestController
@RequestMapping("/api/v1/emails")
class ChangeController {
    private final EmailChanges changes;
    private final BulkChanges bulk;
    private final StoredMail mail;

    ChangeController(EmailChanges changes, BulkChanges bulk, StoredMail mail) {
        this.changes = changes;
        this.bulk = bulk;
        this.mail = mail;
    }

    @PatchMapping("/{id}")
    @Access(Scope.MAIL_WRITE)
    @Idempotent(repeatable = true)
    @Operation(summary = "Change an email's keywords and mailboxes; 202 where only the next sync can show it")
    ResponseEntity<EmailSummary> change(
            @PathVariable UUID id,
            @RequestBody EmailChange change,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(id, changes.change(id, change, ifMatch));
    }

    @DeleteMapping("/{id}")
    @Access(Scope.MAIL_WRITE)
    @Idempotent(repeatable = true)
    @Operation(summary = "Move an email to the trash, or remove one for good that is in the trash or junk mailbox")
    ResponseEntity<EmailSummary> delete(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean permanently,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        if (!permanently) {
            return answer(id, changes.change(id, EmailChange.TO_TRASH, ifMatch));
        }
        changes.destroy(id, ifMatch);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/bulk")
    @Access(Scope.MAIL_WRITE)
    @Idempotent(repeatable = true)
    @Operation(summary = "Change up to 500 emails alike; each has a result of its own")
    Results changeAll(@RequestBody BulkChange request) {
        return new Results(bulk.run(request.emails(), request.wish()));
    }

    private ResponseEntity<EmailSummary> answer(UUID id, boolean stored) {
        EmailSummary email = mail.summary(id);
        return stored
                ? ResponseEntity.ok().eTag(EmailTag.of(email)).body(email)
                : ResponseEntity.accepted().body(email);
    }
}
