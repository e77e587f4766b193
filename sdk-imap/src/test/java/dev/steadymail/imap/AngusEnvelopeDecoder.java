package dev.steadymail.imap;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.jspecify.annotations.Nullable;

/** The reference of DecodedAsByAngusTest: turns the server's ENVELOPE (RFC 3501 section 7.4.2), or a header where that is unreadable, into the model's. */
final class AngusEnvelopeDecoder {
    private AngusEnvelopeDecoder() {}

    static Envelope decode(ENVELOPE envelope) {
        return new Envelope(
                AngusHeaderText.decode(envelope.subject),
                addresses(envelope.from),
                addresses(envelope.sender),
                addresses(envelope.replyTo),
                addresses(envelope.to),
                addresses(envelope.cc),
                addresses(envelope.bcc),
                envelope.messageId,
                envelope.inReplyTo,
                instant(envelope.date));
    }

    static Envelope decode(InternetHeaders header) {
        return new Envelope(
                AngusHeaderText.decode(header.getHeader("Subject", " ")),
                addresses(header.getHeader("From", ",")),
                addresses(header.getHeader("Sender", ",")),
                addresses(header.getHeader("Reply-To", ",")),
                addresses(header.getHeader("To", ",")),
                addresses(header.getHeader("Cc", ",")),
                addresses(header.getHeader("Bcc", ",")),
                header.getHeader("Message-ID", " "),
                header.getHeader("In-Reply-To", " "),
                references(header.getHeader("References", null)),
                date(header.getHeader("Date", " ")));
    }

    private static @Nullable String references(@Nullable String first) {
        String line = first == null ? "" : first.replaceAll("[\\r\\n]", "").strip();
        return line.isEmpty() ? null : line;
    }

    private static List<EmailAddress> addresses(InternetAddress @Nullable [] list) {
        List<EmailAddress> addresses = new ArrayList<>();
        if (list != null) {
            for (InternetAddress address : list) {
                add(addresses, address);
            }
        }
        return addresses;
    }

    /** A group stands for its members (RFC 5322 section 3.4); an empty one, such as undisclosed recipients, for nobody. */
    private static void add(List<EmailAddress> addresses, InternetAddress address) {
        try {
            if (address.isGroup()) {
                addresses.addAll(addresses(address.getGroup(false)));
                return;
            }
        } catch (AddressException unreadableGroup) {
            return;
        }
        String text = address.getAddress();
        addresses.add(new EmailAddress(
                AngusHeaderText.decodeOrNull(address.getPersonal()), text == null ? "" : AngusHeaderText.utf8(text)));
    }

    private static List<EmailAddress> addresses(@Nullable String header) {
        if (header == null) {
            return List.of();
        }
        try {
            return addresses(InternetAddress.parseHeader(header, false));
        } catch (AddressException unreadable) {
            return List.of(new EmailAddress(null, AngusHeaderText.decode(header)));
        }
    }

    private static @Nullable Instant date(@Nullable String header) {
        return header == null ? null : instant(new MailDateFormat().parse(header, new ParsePosition(0)));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
