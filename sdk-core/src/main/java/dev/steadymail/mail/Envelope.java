package dev.steadymail.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that a list of emails shows, decoded. Content is private, so {@link #toString} hides it.
 *
 * @param subject the decoded subject; empty where there is none
 * @param from authors; often one, may be empty
 * @param sender the sending agents, empty where not stated
 * @param replyTo where answers should go, empty where not stated
 * @param to first recipients
 * @param cc copied recipients
 * @param bcc hidden recipients; usually empty except on drafts and sent mail
 * @param messageId the Message-ID as written, with angle brackets, or null
 * @param inReplyTo the In-Reply-To field as written, or null
 * @param references the References field as written, or null
 * @param sentAt the Date field, or null where missing or unreadable
 */
public record Envelope(
        String subject,
        List<EmailAddress> from,
        List<EmailAddress> sender,
        List<EmailAddress> replyTo,
        List<EmailAddress> to,
        List<EmailAddress> cc,
        List<EmailAddress> bcc,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        @Nullable String references,
        @Nullable Instant sentAt) {
    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    /** A header without References. */
    public Envelope(
            String subject,
            List<EmailAddress> from,
            List<EmailAddress> sender,
            List<EmailAddress> replyTo,
            List<EmailAddress> to,
            List<EmailAddress> cc,
            List<EmailAddress> bcc,
            @Nullable String messageId,
            @Nullable String inReplyTo,
            @Nullable Instant sentAt) {
        this(subject, from, sender, replyTo, to, cc, bcc, messageId, inReplyTo, null, sentAt);
    }

    /** Returns this header with its References as written. */
    public Envelope withReferences(@Nullable String references) {
        return new Envelope(subject, from, sender, replyTo, to, cc, bcc, messageId, inReplyTo, references, sentAt);
    }

    @Override
    public String toString() {
        return "Envelope[hidden]";
    }
}
