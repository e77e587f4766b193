package dev.steadymail.server.changes;

import dev.steadymail.server.idempotency.Idempotent;
import dev.steadymail.server.mail.MailboxView;
import dev.steadymail.server.mail.StoredMail;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes of mailboxes over HTTP. */
@RestController
@RequestMapping("/api/v1")
class MailboxController {
    private final MailboxChanges changes;
    private final StoredMail mail;

    MailboxController(MailboxChanges changes, StoredMail mail) {
        this.changes = changes;
        this.mail = mail;
    }

    @PostMapping("/accounts/{id}/mailboxes")
    @Access(Scope.MAIL_WRITE)
    @Idempotent
    @Operation(summary = "Create a mailbox; 202 without content where only the next sync can show it")
    ResponseEntity<MailboxView> create(@PathVariable UUID id, @RequestBody NewMailbox request) {
        List<String> path = changes.create(id, required(request.name()), request.parentId());
        return mail.mailboxes(id).stream()
                .filter(mailbox -> mailbox.path().equals(path))
                .findFirst()
                .map(created -> ResponseEntity.status(HttpStatus.CREATED).body(created))
                .orElseGet(() -> ResponseEntity.accepted().build());
    }

    @PatchMapping("/mailboxes/{id}")
    @Access(Scope.MAIL_WRITE)
    @Idempotent
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Rename a mailbox; the sync that follows shows it, on IMAP under another id")
    void rename(@PathVariable UUID id, @RequestBody NewName request) {
        changes.rename(id, required(request.name()));
    }

    @DeleteMapping("/mailboxes/{id}")
    @Access(Scope.MAIL_WRITE)
    @Idempotent(repeatable = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an empty mailbox, or with withEmails=true one that has emails, which are lost on IMAP")
    void remove(@PathVariable UUID id, @RequestParam(defaultValue = "false") boolean withEmails) {
        changes.remove(id, withEmails);
    }

    private static String required(@Nullable String name) {
        if (name == null) {
            throw new WrongChangeException("name must be given");
        }
        return name;
    }

    /**
     * A mailbox to create.
     *
     * @param name one level's name, without {@code /}
     * @param parentId the mailbox to create it below; null for none
     */
    record NewMailbox(@Nullable String name, @Nullable UUID parentId) {
        @Override
        public String toString() {
            return "NewMailbox[hidden]";
        }
    }

    /**
     * What a mailbox is to be called.
     *
     * @param name one level's name, without {@code /}
     */
    record NewName(@Nullable String name) {
        @Override
        public String toString() {
            return "NewName[hidden]";
        }
    }
}
