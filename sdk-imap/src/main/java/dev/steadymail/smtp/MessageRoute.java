package dev.steadymail.smtp;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mime.header.AddressList;
import dev.steadymail.mime.header.HeaderText;
import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From whom a message goes, and to whom: RFC 5321's reverse path and forward paths, read from its header. The sender is the Sender
 * field's address, else the first in From; recipients are those of To, Cc and Bcc, each once. Immutable.
 *
 * @param sender as a command takes it
 * @param recipients at least one
 */
record MessageRoute(String sender, List<Recipient> recipients) {
    /** What {@link AddressList} reads of a field; more would be passed over, and somebody would get nothing. */
    private static final int MOST_IN_FIELD = 2_000;

    private static final int MOST = 10_000;

    /**
     * Somebody who is to get the message.
     *
     * @param address as in the message
     * @param mailbox as a command takes it: in Normalization Form C, the domain in A-labels (RFC 5890)
     */
    record Recipient(String address, String mailbox) {
        @Override
        public String toString() {
            return "Recipient[hidden]";
        }
    }

    MessageRoute {
        recipients = List.copyOf(recipients);
    }

    /**
     * Reads a header.
     *
     * @throws dev.steadymail.mail.MailException INVALID where it names no sender or nobody to send to, or an address cannot be
     */
    static MessageRoute of(HeaderFieldList header) {
        Map<String, Recipient> recipients = new LinkedHashMap<>();
        for (String field : List.of("To", "Cc", "Bcc")) {
            for (EmailAddress each : addresses(header, field)) {
                Recipient recipient = new Recipient(each.address(), mailbox(each.address(), field));
                recipients.putIfAbsent(recipient.mailbox(), recipient);
            }
        }
        if (recipients.isEmpty()) {
            throw PreparedMessage.invalid("the message has no recipients; write To, Cc or Bcc");
        }
        if (recipients.size() > MOST) {
            throw PreparedMessage.invalid("a message must have at most " + MOST + " recipients; send it in parts");
        }
        return new MessageRoute(sender(header), List.copyOf(recipients.values()));
    }

    private static String sender(HeaderFieldList header) {
        String field = header.all("Sender").isEmpty() ? "From" : "Sender";
        List<EmailAddress> senders = addresses(header, field);
        if (senders.isEmpty()) {
            throw PreparedMessage.invalid("the message has no sender; write From");
        }
        return mailbox(senders.get(0).address(), field);
    }

    private static List<EmailAddress> addresses(HeaderFieldList header, String field) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (String text : header.all(field)) {
            List<EmailAddress> read = AddressList.parse(text);
            if (text.length() > HeaderText.MAX_LENGTH || read.size() >= MOST_IN_FIELD) {
                throw PreparedMessage.invalid("the field " + field + " must have less than " + MOST_IN_FIELD
                        + " addresses and " + HeaderText.MAX_LENGTH + " characters; send the message in parts");
            }
            addresses.addAll(read);
        }
        return addresses;
    }

    /**
     * Some characters become ASCII by normalization, so it comes before the check. A backslash within quotes is refused: what is read of a
     * header has lost it, and the address would be another one.
     */
    private static String mailbox(String address, String field) {
        String normal = Normalizer.normalize(address, Normalizer.Form.NFC);
        if (!OutgoingEmail.accepts(normal) || normal.indexOf('\\') >= 0) {
            throw PreparedMessage.invalid(
                    "the field " + field + " holds an address that cannot be sent to; it must be as ada@example.com");
        }
        int at = normal.lastIndexOf('@');
        String domain = IDN.toASCII(normal.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
        return normal.substring(0, at + 1) + domain.toLowerCase(Locale.ROOT);
    }

    /** Answers whether an address has more than ASCII before the {@code @} (RFC 6531). */
    boolean needsUtf8() {
        return isBeyondAscii(sender) || recipients.stream().anyMatch(each -> isBeyondAscii(each.mailbox()));
    }

    private static boolean isBeyondAscii(String mailbox) {
        return mailbox.chars().anyMatch(c -> c > '~');
    }

    @Override
    public String toString() {
        return "MessageRoute[recipients=" + recipients.size() + "]";
    }
}
