package dev.steadymail.mime.write;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes emails as messages of ASCII that any server takes: lines of 998 octets at most, ended by CRLF, texts in UTF-8 as
 * quoted-printable, files as base64. Addresses that {@linkplain OutgoingEmail#needsUtf8 need UTF-8} are the one exception: the fields that
 * hold them, and no others, have it (RFC 6532 section 3.2). Attachments are read while they are written, and nothing of them is held.
 * Thread-safe.
 */
public final class MessageWriter {
    /** What providers take at most: Gmail's limit. */
    static final int MOST_OCTETS = 36_700_160;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final boolean keepsBcc;

    private MessageWriter(InstantSource clock, boolean keepsBcc) {
        this.clock = clock;
        this.keepsBcc = keepsBcc;
    }

    /** Returns one that leaves Bcc out, as for SMTP, where recipients are told beside the message. */
    public static MessageWriter create(InstantSource clock) {
        return new MessageWriter(clock, false);
    }

    /** Returns one that writes Bcc, for services that read the recipients from the message and take it out, as Gmail does. */
    public MessageWriter keepingBcc() {
        return new MessageWriter(clock, true);
    }

    /**
     * Writes an email.
     *
     * @throws IOException what the stream or an attachment's content throws
     */
    public void write(OutgoingEmail email, OutputStream out) throws IOException {
        try {
            Written message = new Written();
            headers(email, message);
            body(email).into(message);
            message.saveChanges();
            message.writeTo(new HeaderLines(out));
        } catch (MessagingException unexpected) {
            throw new IOException("the message could not be put together", unexpected);
        }
    }

    /** Writes an email into memory. */
    public byte[] write(OutgoingEmail email) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        write(email, octets);
        return octets.toByteArray();
    }

    /**
     * Writes an email into memory, to send or to keep.
     *
     * @throws MailException STORAGE where an attachment cannot be read, TOO_LARGE above {@value #MOST_OCTETS} octets
     */
    public RawContent compose(OutgoingEmail email) {
        BoundedOctets octets = new BoundedOctets(MOST_OCTETS);
        try {
            write(email, octets);
        } catch (IOException failure) {
            throw octets.isFull()
                    ? MailException.of(
                            Kind.TOO_LARGE,
                            "the message would have more than " + MOST_OCTETS + " octets; send large files as links")
                    : MailException.of(
                            Kind.STORAGE, "an attachment cannot be read; check where it comes from", failure);
        }
        return RawContent.of(octets.toByteArray());
    }

    private void headers(OutgoingEmail email, Written message) throws MessagingException {
        Instant date = email.date();
        message.setHeader("Date", DATE.format(date == null ? clock.instant() : date));
        addresses("From", List.of(email.from()), message);
        addresses("Reply-To", email.replyTo(), message);
        addresses("To", email.to(), message);
        addresses("Cc", email.cc(), message);
        addresses("Bcc", keepsBcc ? email.bcc() : List.of(), message);
        message.setHeader("Subject", HeaderWords.text(email.subject()));
        message.setHeader("Message-ID", "<" + email.messageId() + ">");
        List<String> references = email.references();
        if (!references.isEmpty()) {
            message.setHeader(
                    "In-Reply-To", HeaderWords.ids(references.subList(references.size() - 1, references.size())));
            message.setHeader("References", HeaderWords.ids(references));
        }
    }

    private static void addresses(String name, List<EmailAddress> addresses, Written message)
            throws MessagingException {
        if (!addresses.isEmpty()) {
            message.setHeader(name, HeaderWords.addresses(addresses));
        }
    }

    private static Node body(OutgoingEmail email) throws MessagingException {
        List<OutgoingPart> inline =
                email.parts().stream().filter(part -> part.contentId() != null).toList();
        List<OutgoingPart> attached =
                email.parts().stream().filter(part -> part.contentId() == null).toList();
        return files(alternatives(email, inline), "mixed", attached);
    }

    private static Node alternatives(OutgoingEmail email, List<OutgoingPart> inline) throws MessagingException {
        String text = email.text();
        String html = email.html();
        if (html == null) {
            return files(text("plain", text == null ? "" : text), "mixed", inline);
        }
        Node shown = files(text("html", html), "related", inline);
        if (text == null) {
            return shown;
        }
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(text("plain", text).asPart());
        both.addBodyPart(shown.asPart());
        return Node.of(both);
    }

    private static Node files(Node first, String multipart, List<OutgoingPart> files) throws MessagingException {
        if (files.isEmpty()) {
            return first;
        }
        MimeMultipart all = new MimeMultipart(multipart);
        all.addBodyPart(first.asPart());
        for (OutgoingPart file : files) {
            all.addBodyPart(file(file));
        }
        return Node.of(all);
    }

    private static Node text(String kind, String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
        Source source = new Source("text/" + kind + "; charset=utf-8", () -> new ByteArrayInputStream(octets));
        return Node.of(source, "quoted-printable");
    }

    private static BodyPart file(OutgoingPart file) throws MessagingException {
        MimeBodyPart part =
                Node.of(new Source(file.type(), file.content()::open), "base64").asPart();
        String name = HeaderWords.clean(file.fileName()).strip();
        String disposition = file.contentId() == null ? "attachment" : "inline";
        part.setHeader(
                "Content-Disposition",
                name.isEmpty() ? disposition : disposition + HeaderWords.parameter("filename", name));
        if (file.contentId() != null) {
            part.setHeader("Content-ID", "<" + file.contentId() + ">");
        }
        return part;
    }

    /** What goes into a part, or into the message itself. */
    private interface Node {
        void into(MimeMessage message) throws MessagingException;

        MimeBodyPart asPart() throws MessagingException;

        static Node of(MimeMultipart multipart) {
            return new Node() {
                @Override
                public void into(MimeMessage message) throws MessagingException {
                    message.setContent(multipart);
                }

                @Override
                public MimeBodyPart asPart() throws MessagingException {
                    MimeBodyPart part = new MimeBodyPart();
                    part.setContent(multipart);
                    return part;
                }
            };
        }

        static Node of(Source source, String encoding) {
            return new Node() {
                @Override
                public void into(MimeMessage message) throws MessagingException {
                    message.setDataHandler(new DataHandler(source));
                    message.setHeader("Content-Type", source.getContentType());
                    message.setHeader("Content-Transfer-Encoding", encoding);
                }

                @Override
                public MimeBodyPart asPart() throws MessagingException {
                    MimeBodyPart part = new MimeBodyPart();
                    part.setDataHandler(new DataHandler(source));
                    part.setHeader("Content-Type", source.getContentType());
                    part.setHeader("Content-Transfer-Encoding", encoding);
                    return part;
                }
            };
        }
    }

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private record Source(String type, Opener opener) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            return opener.open();
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("contents are read only");
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public @Nullable String getName() {
            return null;
        }

        @Override
        public String toString() {
            return "Source[hidden]";
        }
    }

    /** Keeps the Message-ID that the email has. */
    private static final class Written extends MimeMessage {
        Written() {
            super((jakarta.mail.Session) null);
        }

        @Override
        protected void updateMessageID() {
            // It is there already.
        }
    }
}
