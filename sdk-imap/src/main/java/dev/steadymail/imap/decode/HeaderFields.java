package dev.steadymail.imap.decode;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a header that make an envelope (RFC 5322 section 3.6). Seldom needed, so written for brevity. */
final class HeaderFields {
    private final InternetHeaders fields;
    private final @Nullable String references;

    HeaderFields(byte[] header) {
        this.references = HeaderField.REFERENCES.find(header);
        try {
            this.fields = new InternetHeaders(new ByteArrayInputStream(header));
        } catch (MessagingException impossible) {
            throw new IllegalStateException("an array of octets is always readable", impossible);
        }
    }

    Envelope envelope() {
        String date = text("Date", " ");
        return new Envelope(
                HeaderText.decode(text("Subject", " ")),
                addresses("From"),
                addresses("Sender"),
                addresses("Reply-To"),
                addresses("To"),
                addresses("Cc"),
                addresses("Bcc"),
                text("Message-ID", " "),
                text("In-Reply-To", " "),
                references,
                date == null ? null : MailDates.parse(date));
    }

    /** Returns a field's text, of all that have the name, or null where none has. */
    private @Nullable String text(String name, String delimiter) {
        String octets = fields.getHeader(name, delimiter);
        return octets == null ? null : HeaderText.utf8(octets);
    }

    private List<EmailAddress> addresses(String name) {
        String text = text(name, ",");
        if (text == null) {
            return List.of();
        }
        try {
            List<EmailAddress> addresses = new ArrayList<>();
            addAll(addresses, InternetAddress.parseHeader(HeaderText.unfold(text), false));
            return addresses;
        } catch (AddressException unreadable) {
            return List.of(new EmailAddress(null, HeaderText.decode(text)));
        }
    }

    private static void addAll(List<EmailAddress> addresses, InternetAddress @Nullable [] list) {
        for (InternetAddress address : list == null ? List.<InternetAddress>of() : Arrays.asList(list)) {
            if (address.isGroup()) {
                addMembers(addresses, address);
            } else {
                String name = address.getPersonal();
                String text = address.getAddress();
                addresses.add(
                        new EmailAddress(name == null ? null : HeaderText.unfold(name), text == null ? "" : text));
            }
        }
    }

    /** A group stands for its members. */
    private static void addMembers(List<EmailAddress> addresses, InternetAddress group) {
        try {
            addAll(addresses, group.getGroup(false));
        } catch (AddressException unreadable) {
            // One whose members cannot be read stands for nobody.
        }
    }
}
