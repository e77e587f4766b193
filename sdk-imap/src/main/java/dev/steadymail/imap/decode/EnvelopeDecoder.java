package dev.steadymail.imap.decode;

import dev.steadymail.imap.codec.EnvelopeData;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the server's ENVELOPE (RFC 3501 section 7.4.2), or a header where that is unreadable, into the model's. Thread-safe. */
public final class EnvelopeDecoder {
    private EnvelopeDecoder() {}

    /** Decodes what the server told, without References. */
    public static Envelope decode(EnvelopeData data) {
        return decode(data, null);
    }

    /**
     * Decodes what the server told. A list of addresses that is equal to the authors' is the same object.
     *
     * @param references the References field, which no ENVELOPE has; null where there is none
     */
    public static Envelope decode(EnvelopeData data, @Nullable String references) {
        List<EmailAddress> from = addresses(data.from());
        return new Envelope(
                HeaderText.decode(data.subject()),
                from,
                isSame(data.sender(), data.from()) ? from : addresses(data.sender()),
                isSame(data.replyTo(), data.from()) ? from : addresses(data.replyTo()),
                addresses(data.to()),
                addresses(data.cc()),
                addresses(data.bcc()),
                data.messageId(),
                data.inReplyTo(),
                references,
                data.date() == null ? null : MailDates.parse(data.date()));
    }

    /**
     * Decodes a header as it was sent, up to the empty line where there is one.
     *
     * @param header octets; those that are no UTF-8 are read as Latin-1, field by field
     */
    public static Envelope decode(byte[] header) {
        return new HeaderFields(header).envelope();
    }

    private static boolean isSame(List<EnvelopeData.Address> left, List<EnvelopeData.Address> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).equals(right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<EmailAddress> addresses(List<EnvelopeData.Address> list) {
        if (list.isEmpty()) {
            return List.of();
        }
        if (list.size() == 1) {
            EmailAddress only = address(list.get(0));
            return only == null ? List.of() : List.of(only);
        }
        List<EmailAddress> addresses = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            EmailAddress address = address(list.get(i));
            if (address != null) {
                addresses.add(address);
            }
        }
        return List.copyOf(addresses);
    }

    /**
     * A group stands for its members (RFC 5322 section 3.4), which lie between its marks; so an empty one, such as undisclosed
     * recipients, for nobody.
     */
    private static @Nullable EmailAddress address(EnvelopeData.Address address) {
        String host = address.host();
        return host == null
                ? null
                : new EmailAddress(HeaderText.decodeOrNull(address.name()), text(address.mailbox(), host));
    }

    private static String text(@Nullable String mailbox, String host) {
        if (mailbox == null || mailbox.isEmpty()) {
            return host;
        }
        return host.isEmpty() ? mailbox : mailbox + "@" + host;
    }
}
