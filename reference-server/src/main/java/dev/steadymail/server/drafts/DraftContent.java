package dev.steadymail.server.drafts;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a draft holds, whoever wrote it: this server or another program of its owner. Immutable. */
public final class DraftContent {
    private static final Pattern ID = Pattern.compile("<([^<>\\s]+)>");

    private final RawContent raw;
    private final ParsedEmail email;

    private DraftContent(RawContent raw, ParsedEmail email) {
        this.raw = raw;
        this.email = email;
    }

    static DraftContent of(byte[] octets) {
        try {
            return new DraftContent(RawContent.of(octets), MimeReader.usual().read(new ByteArrayInputStream(octets)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    ParsedEmail email() {
        return email;
    }

    /** Returns the draft's exact octets. */
    public RawContent raw() {
        return raw;
    }

    /** Returns how many addresses it goes to, each field for itself. */
    public int recipients() {
        Envelope envelope = email.envelope();
        return envelope.to().size() + envelope.cc().size() + envelope.bcc().size();
    }

    /**
     * Returns the draft as an email to send, with a Message-ID and a date of its own; empty where it holds what only its exact octets
     * keep, such as an attached message.
     *
     * @throws WrongEmailException where an address cannot be sent from or to
     */
    public Optional<OutgoingEmail> outgoing() {
        Envelope envelope = email.envelope();
        if (envelope.from().size() != 1) {
            throw new WrongEmailException("the draft must have one author; save it again with from");
        }
        requireSendable(envelope);
        if (!isPlain()) {
            return Optional.empty();
        }
        OutgoingEmail outgoing = OutgoingEmail.from(envelope.from().get(0))
                .to(array(envelope.to()))
                .cc(array(envelope.cc()))
                .bcc(array(envelope.bcc()))
                .replyTo(array(envelope.replyTo()))
                .subject(envelope.subject());
        return Optional.of(answering(withContent(outgoing), envelope));
    }

    private OutgoingEmail withContent(OutgoingEmail outgoing) {
        OutgoingEmail filled =
                email.text().isEmpty() && !email.html().isEmpty() ? outgoing : outgoing.text(email.text());
        if (!email.html().isEmpty()) {
            filled = filled.html(email.html());
        }
        for (ParsedPart part : email.attachments()) {
            filled = filled.with(part(part));
        }
        return filled;
    }

    private static OutgoingEmail answering(OutgoingEmail outgoing, Envelope envelope) {
        List<String> answered = ids(envelope.inReplyTo());
        return answered.isEmpty() ? outgoing : outgoing.inReplyTo(answered.get(0), ids(envelope.references()));
    }

    /**
     * Returns a file of the draft, to be sent or kept.
     *
     * @throws WrongEmailException where there is none
     */
    OutgoingPart file(String partId) {
        return email.attachments().stream()
                .filter(part -> part.partId().equals(partId) && isWritable(part))
                .findFirst()
                .map(DraftContent::part)
                .orElseThrow(() -> new WrongEmailException(
                        "partId must be that of an attachment of the draft as it is; read it again"));
    }

    private static OutgoingPart part(ParsedPart part) {
        try {
            return new OutgoingPart(
                    part.safeFileName(), part.type(), RawContent.of(part.open().readAllBytes()), part.contentId());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Whether texts and files are all there is, and all of it was read. */
    private boolean isPlain() {
        return email.limits().isEmpty()
                && email.textBody().stream().allMatch(part -> part.type().startsWith("text/"))
                && email.htmlBody().stream().allMatch(part -> part.type().startsWith("text/"))
                && email.attachments().stream().allMatch(DraftContent::isWritable);
    }

    private static boolean isWritable(ParsedPart part) {
        try {
            return !part.isCut()
                    && !part.isMultipart()
                    && !new OutgoingPart("x", part.type(), RawContent.of(new byte[0]), part.contentId())
                            .type()
                            .isEmpty();
        } catch (IllegalArgumentException notWritable) {
            return false;
        }
    }

    private static void requireSendable(Envelope envelope) {
        boolean all = Stream.of(envelope.from(), envelope.to(), envelope.cc(), envelope.bcc(), envelope.replyTo())
                .flatMap(List::stream)
                .map(EmailAddress::address)
                .allMatch(OutgoingEmail::accepts);
        if (!all) {
            throw new WrongEmailException(
                    "the draft has an address that cannot be sent to; correct it and save it again");
        }
    }

    private static EmailAddress[] array(List<EmailAddress> addresses) {
        return addresses.toArray(EmailAddress[]::new);
    }

    static List<String> ids(@Nullable String field) {
        return field == null
                ? List.of()
                : ID.matcher(field)
                        .results()
                        .map(match -> match.group(1))
                        .filter(OutgoingEmail::acceptsId)
                        .toList();
    }

    @Override
    public String toString() {
        return "DraftContent[hidden]";
    }
}
