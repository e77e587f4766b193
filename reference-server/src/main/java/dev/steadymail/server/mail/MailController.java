package dev.steadymail.server.mail;

import dev.steadymail.mail.MailException;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.mail.EmailContent.TextPart;
import dev.steadymail.server.mail.EmailDetail.Text;
import dev.steadymail.server.mail.EmailDetail.TextProblem;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Mailboxes and emails over HTTP. */
@RestController
@RequestMapping("/api/v1")
class MailController {
    private static final int MAX_LIMIT = 200;

    private final ConnectedAccounts accounts;
    private final StoredMail mail;
    private final EmailTexts texts;
    private final ETags tags;
    private final ApplicationEventPublisher events;

    MailController(
            ConnectedAccounts accounts,
            StoredMail mail,
            EmailTexts texts,
            ETags tags,
            ApplicationEventPublisher events) {
        this.events = events;
        this.accounts = accounts;
        this.mail = mail;
        this.texts = texts;
        this.tags = tags;
    }

    @GetMapping("/accounts/{id}/mailboxes")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the mailboxes of an account")
    ResponseEntity<Items<MailboxView>> mailboxes(@PathVariable UUID id) {
        accounts.require(id);
        return tags.answer(Items.all(mail.mailboxes(id)));
    }

    @GetMapping("/accounts/{id}/emails")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the emails of an account, or of one of its mailboxes, newest first")
    ResponseEntity<Items<EmailSummary>> emails(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID mailbox,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        accounts.require(id);
        if (mailbox != null && !mail.hasMailbox(id, mailbox)) {
            throw new UnknownMailException("mailbox");
        }
        int size = Math.max(1, Math.min(MAX_LIMIT, limit));
        return tags.answer(mail.emails(id, mailbox, after == null ? null : EmailCursor.parse(after), size));
    }

    @GetMapping("/emails/{id}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show an email with its text")
    ResponseEntity<EmailDetail> email(
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable
                    String ifNoneMatch) {
        StoredEmail email = mail.email(id);
        String tag = EmailTag.of(email.summary());
        if (ETags.isKnown(ifNoneMatch, tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
        }
        EmailDetail shown = detail(email);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return (shown.textProblem() == null ? answer.eTag(tag) : answer).body(shown);
    }

    private EmailDetail detail(StoredEmail email) {
        TextPart part = email.content().text();
        if (part == null) {
            return EmailDetail.of(email, null, null);
        }
        try {
            Text text = texts.read(email, part);
            events.publishEvent(new EmailTextRead(email.summary().id(), text.content()));
            return EmailDetail.of(email, text, null);
        } catch (MailException unread) {
            TextProblem problem = new TextProblem(unread.kind().name(), String.valueOf(unread.getMessage()));
            return EmailDetail.of(email, null, problem);
        }
    }
}
