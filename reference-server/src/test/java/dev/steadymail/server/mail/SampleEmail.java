package dev.steadymail.server.mail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.MailboxId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Emails as a provider tells them. */
final class SampleEmail {
    private SampleEmail() {}

    /** Returns an email that has these addresses in each of its fields. */
    static Email withAddresses(List<EmailAddress> field) {
        return email(new Envelope("Sample", field, field, field, field, field, field, null, null, null), null);
    }

    static Email withBody(BodyPart... parts) {
        return email(null, new BodyPart("", "multipart/mixed", null, null, null, null, -1, List.of(parts)));
    }

    static BodyPart attachment(String partId, @Nullable String name) {
        return new BodyPart(partId, "image/png", null, "attachment", name, null, 1, List.of());
    }

    private static Email email(@Nullable Envelope envelope, @Nullable BodyPart body) {
        Set<MailboxId> inbox = Set.of(new MailboxId("INBOX"));
        return new Email(new EmailId("1"), null, null, inbox, Set.of(), Instant.EPOCH, 1, envelope, body);
    }
}
