package dev.steadymail.server.mail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of an email beside the columns that are searched: addresses, attachments, and which part is the text. Private
 * content, so {@link #toString} hides it.
 *
 * <p>Senders write what they like, so there are at most 100 addresses of a field, 1,000 attachments, and 320 characters of a name.
 *
 * @param addressesLeftOut how many more addresses the email has, all fields together
 * @param attachmentsLeftOut how many more attachments it has
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
        int addressesLeftOut,
        List<Attachment> attachments,
        int attachmentsLeftOut,
        @Nullable TextPart text) {
    private static final int MOST_ADDRESSES = 100;
    private static final int MOST_ATTACHMENTS = 1_000;
    /** As long as an address can be (RFC 5321 section 4.5.3.1). */
    private static final int LONGEST = 320;

    private static final EmailContent NONE = new EmailContent(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, 0, List.of(), 0, null);

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
                addressesLeftOut(envelope),
                List.of(),
                0,
                null);
    }

    private static int addressesLeftOut(Envelope envelope) {
        return Stream.of(
                        envelope.from(),
                        envelope.sender(),
                        envelope.replyTo(),
                        envelope.to(),
                        envelope.cc(),
                        envelope.bcc())
                .mapToInt(field -> Math.max(0, field.size() - MOST_ADDRESSES))
                .sum();
    }

    private EmailContent with(BodyPart body) {
        List<BodyPart> files = body.walk().filter(BodyPart::isAttachment).toList();
        List<Attachment> kept = files.stream()
                .filter(EmailContent::canBeNamed)
                .limit(MOST_ATTACHMENTS)
                .map(Attachment::of)
                .toList();
        return new EmailContent(
                from,
                sender,
                replyTo,
                to,
                cc,
                bcc,
                messageId,
                inReplyTo,
                addressesLeftOut,
                kept,
                files.size() - kept.size(),
                TextPart.of(body).orElse(null));
    }

    /** A part id is long only where parts are nested hundreds deep; cut it would name another part. */
    private static boolean canBeNamed(BodyPart part) {
        return part.partId().length() <= LONGEST;
    }

    private static @Nullable String name(@Nullable String name) {
        return name == null ? null : StorableText.shown(name, LONGEST);
    }

    @Override
    public String toString() {
        return "EmailContent[hidden]";
    }

    /** One address, decoded; what was too long ends in an ellipsis. */
    public record Address(@Nullable String name, String address) {
        static List<Address> of(List<EmailAddress> addresses) {
            return addresses.stream()
                    .limit(MOST_ADDRESSES)
                    .map(each ->
                            new Address(EmailContent.name(each.name()), StorableText.shown(each.address(), LONGEST)))
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
                    part.partId(),
                    StorableText.shown(part.type(), LONGEST),
                    EmailContent.name(part.fileName()),
                    part.size());
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
            Predicate<BodyPart> wanted = part -> part.type().equals(type) && !part.isAttachment() && canBeNamed(part);
            return body.walk()
                    .filter(wanted)
                    .findFirst()
                    .map(part -> new TextPart(part.partId(), part.type(), EmailContent.name(part.charset())));
        }
    }
}
