package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Keyword;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints an email for people: every line made safe for a terminal. */
final class EmailText {
    private static final int MAX_TEXT = 1 << 20;

    private final MailClient client;
    private final PrintStream out;

    EmailText(MailClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    void print(Email email) {
        Envelope envelope = email.envelope();
        if (envelope != null) {
            header(envelope);
        }
        field("Received", email.receivedAt().toString());
        field("Keywords", email.keywords().stream().map(Keyword::value).sorted().collect(Collectors.joining(" ")));
        BodyPart body = email.body();
        if (body != null) {
            body.walk().filter(BodyPart::isAttachment).forEach(this::attachment);
            body.walk().filter(EmailText::isText).findFirst().ifPresent(part -> text(email, part));
        }
    }

    private void header(Envelope envelope) {
        field("From", addresses(envelope.from()));
        field("To", addresses(envelope.to()));
        field("Cc", addresses(envelope.cc()));
        field("Subject", envelope.subject());
        field("Message-ID", envelope.messageId());
    }

    private void attachment(BodyPart part) {
        String name = part.fileName();
        field("Attachment", part.partId() + " " + part.type() + (name == null ? "" : " " + name));
    }

    private void field(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            out.print(name + ": " + SafeText.line(value) + "\n");
        }
    }

    private static String addresses(List<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::display).collect(Collectors.joining(", "));
    }

    private static boolean isText(BodyPart part) {
        return part.type().equals("text/plain") && !part.isAttachment();
    }

    private void text(Email email, BodyPart part) {
        out.print("\n");
        String text = new String(content(email, part), charset(part));
        text.lines().forEach(line -> out.print(SafeText.line(line) + "\n"));
    }

    private byte[] content(Email email, BodyPart part) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream in = client.emails().attachment(email.id(), part)) {
            byte[] buffer = new byte[8_192];
            for (int n = Octets.read(in, buffer); n >= 0 && content.size() < MAX_TEXT; n = Octets.read(in, buffer)) {
                content.write(buffer, 0, n);
            }
        } catch (IOException closing) {
            throw new UncheckedIOException(closing);
        }
        return content.toByteArray();
    }

    private static Charset charset(BodyPart part) {
        String name = part.charset();
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
