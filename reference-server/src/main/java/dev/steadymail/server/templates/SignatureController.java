package dev.steadymail.server.templates;

import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.BodyUpTo;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signatures over HTTP. They are kept for who writes; what is sent is what the email says. */
@RestController
@RequestMapping("/api/v1/signatures")
class SignatureController {
    private static final int MOST_BYTES = 1 << 20;

    private final Signatures signatures;
    private final ConnectedAccounts accounts;

    SignatureController(Signatures signatures, ConnectedAccounts accounts) {
        this.signatures = signatures;
        this.accounts = accounts;
    }

    @PostMapping
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Keep a signature of one's own, for one account or all")
    ResponseEntity<Signature> add(Caller caller, @RequestBody SignatureRequest wanted) {
        check(wanted);
        Signature added = signatures.add(caller.person(), wanted);
        return ResponseEntity.created(URI.create("/api/v1/signatures/" + added.id()))
                .body(added);
    }

    @GetMapping
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List one's own signatures by name")
    Items<Signature> list(Caller caller) {
        return Items.all(signatures.all(caller.person()));
    }

    @GetMapping("/{id}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show a signature")
    Signature find(Caller caller, @PathVariable UUID id) {
        return signatures.find(caller.person(), id);
    }

    @PutMapping("/{id}")
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Put another text in a signature's place")
    Signature replace(Caller caller, @PathVariable UUID id, @RequestBody SignatureRequest wanted) {
        check(wanted);
        return signatures.replace(caller.person(), id, wanted);
    }

    @DeleteMapping("/{id}")
    @Access(Scope.MAIL_SEND)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a signature")
    void remove(Caller caller, @PathVariable UUID id) {
        signatures.remove(caller.person(), id);
    }

    private void check(SignatureRequest wanted) {
        wanted.check();
        if (wanted.accountId() != null) {
            accounts.require(wanted.accountId());
        }
    }
}
