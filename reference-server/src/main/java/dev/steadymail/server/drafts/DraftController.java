package dev.steadymail.server.drafts;

import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.BodyUpTo;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Drafts over HTTP. */
@RestController
@RequestMapping("/api/v1")
class DraftController {
    /** 25 MiB as base64, and the rest of the email. */
    private static final int MOST_BYTES = 36 << 20;

    private static final int MAX_LIMIT = 200;

    private final ConnectedAccounts accounts;
    private final StoredDrafts drafts;

    DraftController(ConnectedAccounts accounts, StoredDrafts drafts) {
        this.accounts = accounts;
        this.drafts = drafts;
    }

    @PostMapping("/accounts/{id}/drafts")
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Keep an email as a draft, in the account's own mailbox for drafts")
    ResponseEntity<DraftView.Saved> create(@PathVariable UUID id, @RequestBody Composition written) {
        accounts.require(id);
        SavedDraft draft = drafts.create(id, written);
        return ResponseEntity.created(URI.create("/api/v1/drafts/" + draft.id()))
                .eTag(draft.etag())
                .body(DraftView.Saved.of(draft));
    }

    @GetMapping("/accounts/{id}/drafts")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the newest drafts of an account, those of other programs too")
    Items<DraftView.Listed> list(@PathVariable UUID id, @RequestParam(defaultValue = "50") int limit) {
        accounts.require(id);
        return Items.all(drafts.list(id, Math.max(1, Math.min(MAX_LIMIT, limit))).stream()
                .map(listed -> DraftView.Listed.of(listed.draft(), listed.email()))
                .toList());
    }

    @GetMapping("/drafts/{id}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show a draft; its ETag is needed to save it again")
    ResponseEntity<DraftView> find(@PathVariable UUID id) {
        SavedDraft draft = drafts.find(id);
        return ResponseEntity.ok().eTag(draft.etag()).body(DraftView.of(draft, drafts.read(draft)));
    }

    @PutMapping("/drafts/{id}")
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Save a draft again; 412 where somebody saved it meanwhile, 409 where another program did")
    ResponseEntity<DraftView.Saved> save(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Composition written) {
        SavedDraft draft = drafts.save(id, seen(ifMatch), written);
        return ResponseEntity.ok().eTag(draft.etag()).body(DraftView.Saved.of(draft));
    }

    @DeleteMapping("/drafts/{id}")
    @Access(Scope.MAIL_SEND)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a draft for good")
    void discard(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        drafts.discard(id, seen(ifMatch));
    }

    private static String seen(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw DraftChangedException.unseen();
        }
        return ifMatch.strip();
    }
}
