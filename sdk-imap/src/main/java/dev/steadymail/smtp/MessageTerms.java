package dev.steadymail.smtp;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.smtp.MessageRoute.Recipient;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What MAIL and RCPT say of a message, as far as the server can do it; what it cannot is refused before anything is sent. Immutable. */
final class MessageTerms {
    private final PreparedMessage message;
    private final Extensions extensions;
    private final @Nullable DeliveryNotices notices;

    private MessageTerms(PreparedMessage message, Extensions extensions, @Nullable DeliveryNotices notices) {
        this.message = message;
        this.extensions = extensions;
        this.notices = notices;
    }

    /**
     * Checks a message against what the server can do.
     *
     * @throws MailException TOO_LARGE or UNSUPPORTED, and nothing was sent
     */
    static MessageTerms of(PreparedMessage message, Extensions extensions, @Nullable DeliveryNotices notices) {
        if (message.octets() > extensions.mostOctets()) {
            throw refused(
                    Kind.TOO_LARGE,
                    "the server takes messages of up to " + extensions.mostOctets() + " octets, this one has "
                            + message.octets() + "; send a link instead of the attachment");
        }
        if (message.eightBit() && !extensions.has("8BITMIME")) {
            throw refused(
                    Kind.UNSUPPORTED,
                    "the message holds octets that are not ASCII and the server does not offer 8BITMIME; encode its "
                            + "parts as quoted-printable or base64");
        }
        if (needsUtf8(message) && !extensions.has("SMTPUTF8")) {
            throw refused(
                    Kind.UNSUPPORTED,
                    "the message's header or an address before the @ is not ASCII and the server does not offer SMTPUTF8; "
                            + "write encoded words (RFC 2047), or use another server or address");
        }
        if (notices != null && !extensions.has("DSN")) {
            throw refused(
                    Kind.UNSUPPORTED, "the server sends no delivery notices (DSN); leave them out of the settings");
        }
        return new MessageTerms(message, extensions, notices);
    }

    private static boolean needsUtf8(PreparedMessage message) {
        return message.eightBitHeader() || message.route().needsUtf8();
    }

    private static MailException refused(Kind kind, String message) {
        return MailException.builder(kind, message).mayHaveTakenEffect(false).build();
    }

    /** Returns the MAIL command (RFC 5321 section 4.1.1.2). */
    ByteBuffer mail() {
        StringBuilder command = new StringBuilder("MAIL FROM:<")
                .append(message.route().sender())
                .append('>');
        if (extensions.has("SIZE")) {
            command.append(" SIZE=").append(message.octets());
        }
        if (message.eightBit()) {
            command.append(" BODY=8BITMIME");
        }
        if (needsUtf8(message)) {
            command.append(" SMTPUTF8");
        }
        return octets(command.append(notices == null ? "" : notices.ofMail()).toString());
    }

    /** Returns the RCPT command (RFC 5321 section 4.1.1.3). */
    ByteBuffer recipient(Recipient recipient) {
        return octets("RCPT TO:<" + recipient.mailbox() + ">" + (notices == null ? "" : notices.ofRecipient()));
    }

    private ByteBuffer octets(String command) {
        return needsUtf8(message) ? CommandLine.ofUtf8(command) : CommandLine.of(command);
    }
}
