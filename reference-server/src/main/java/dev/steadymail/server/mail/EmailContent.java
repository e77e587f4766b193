package dev.steadymail.server.mail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of an email beside the columns that are searched: addresses, attachments, and which part is the text. Private
 * content, so {@link #toString} hides it.
 *
 * @param text the part to show as the email's text; null where it has none
 */
public record EmailContent(
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        List<Attachment> attachments,
        @Nullable TextPart text) {
    private static final EmailContent NONE = new EmailContent(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, List.of(), null);

    /** Takes what an email fetched at level STRUCTURE tells; less at lower levels. */
    public static EmailContent of(Email email) {
        Envelope envelope = email.envelope();
        EmailContent base = envelope == null ? NONE : of(envelope);
        BodyPart body = email.body();
        return body == null ? base : base.with(body);
    }

    private static EmailContent of(Envelope envelope) {
        return new EmailContent(
                Address.of(envelope.from()),
                Address.of(envelope.sender()),
                Address.of(envelope.replyTo()),
                Address.of(envelope.to()),
                Address.of(envelope.cc()),
                Address.of(envelope.bcc()),
                StorableText.shown(envelope.messageId()),
                StorableText.shown(envelope.inReplyTo()),
                List.of(),
                null);
    }

    private EmailContent with(BodyPart body) {
        List<Attachment> files =
                body.walk().filter(BodyPart::isAttachment).map(Attachment::of).toList();
        return new EmailContent(
                from,
                sender,
                replyTo,
                to,
                cc,
                bcc,
                messageId,
                inReplyTo,
                files,
                TextPart.of(body).orElse(null));
    }

    @Override
    public String toString() {
        return "EmailContent[hidden]";
    }

    /** One address, decoded. */
    public record Address(@Nullable String name, String address) {
        static List<Address> of(List<EmailAddress> addresses) {
            return addresses.stream()
                    .map(each -> new Address(StorableText.shown(each.name()), StorableText.clean(each.address())))
                    .toList();
        }

        @Override
        public String toString() {
            return "Address[hidden]";
        }
    }

    /**
     * One file.
     *
     * @param name as the sender wrote it, never safe as a path
     * @param size octets as the provider counts them; -1 where unknown
     */
    public record Attachment(
            String partId, String type, @Nullable String name, long size) {
        static Attachment of(BodyPart part) {
            return new Attachment(
                    part.partId(), StorableText.clean(part.type()), StorableText.shown(part.fileName()), part.size());
        }

        @Override
        public String toString() {
            return "Attachment[hidden]";
        }
    }

    /** The part that is read as the email's text: plain text where there is some, else HTML. */
    public record TextPart(
            String partId, String type, @Nullable String charset) {
        static Optional<TextPart> of(BodyPart body) {
            return first(body, "text/plain").or(() -> first(body, "text/html"));
        }

        private static Optional<TextPart> first(BodyPart body, String type) {
            Predicate<BodyPart> wanted = part -> part.type().equals(type) && !part.isAttachment();
            return body.walk()
                    .filter(wanted)
                    .findFirst()
                    .map(part -> new TextPart(part.partId(), part.type(), StorableText.shown(part.charset())));
        }
    }
}
