package dev.steadymail.server.mail;

import dev.steadymail.mail.MailException;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.mail.EmailContent.TextPart;
import dev.steadymail.server.mail.EmailDetail.TextProblem;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Mailboxes and emails over HTTP. */
@RestController
@RequestMapping("/api/v1")
class MailController {
    private static final int MAX_LIMIT = 200;
    private static final String RFC822 = "message/rfc822";

    private final ConnectedAccounts accounts;
    private final AccountClients clients;
    private final StoredMail mail;
    private final EmailTexts texts;

    MailController(ConnectedAccounts accounts, AccountClients clients, StoredMail mail, EmailTexts texts) {
        this.accounts = accounts;
        this.clients = clients;
        this.mail = mail;
        this.texts = texts;
    }

    @GetMapping("/accounts/{id}/mailboxes")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the mailboxes of an account")
    Items<MailboxView> mailboxes(@PathVariable UUID id) {
        accounts.require(id);
        return Items.all(mail.mailboxes(id));
    }

    @GetMapping("/accounts/{id}/emails")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the emails of an account, or of one of its mailboxes, newest first")
    Items<EmailSummary> emails(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID mailbox,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        accounts.require(id);
        if (mailbox != null && !mail.hasMailbox(id, mailbox)) {
            throw new UnknownMailException("mailbox");
        }
        int size = Math.max(1, Math.min(MAX_LIMIT, limit));
        return mail.emails(id, mailbox, after == null ? null : EmailCursor.parse(after), size);
    }

    @GetMapping("/emails/{id}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show an email with its text")
    EmailDetail email(@PathVariable UUID id) {
        StoredEmail email = mail.email(id);
        TextPart part = email.content().text();
        if (part == null) {
            return EmailDetail.of(email, null, null);
        }
        try {
            return EmailDetail.of(email, texts.read(email.summary().accountId(), email.providerId(), part), null);
        } catch (MailException unread) {
            TextProblem problem = new TextProblem(unread.kind().name(), String.valueOf(unread.getMessage()));
            return EmailDetail.of(email, null, problem);
        }
    }

    /** Streams; an email that ends half way ends the connection, so that nobody takes it for the whole. */
    @GetMapping("/emails/{id}/raw")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Return the exact octets of an email, as its provider has them")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = RFC822))
    void raw(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        StoredEmail email = mail.email(id);
        try (InputStream content =
                clients.of(email.summary().accountId()).emails().raw(email.providerId())) {
            response.setContentType(RFC822);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".eml\"");
            content.transferTo(response.getOutputStream());
        }
    }
}
