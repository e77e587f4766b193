package dev.steadymail.smtp;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A message that was read once and can be sent: to whom, and what its octets come to. Immutable; nothing of the content is in it.
 *
 * @param content read again while it is sent
 * @param route from whom and to whom
 * @param octets how many are sent, before dots are doubled (RFC 1870 section 5)
 * @param checksum of those octets
 * @param eightBit whether any of them is not ASCII
 * @param eightBitHeader whether one of them is in the header, which needs SMTPUTF8 (RFC 6532)
 */
record PreparedMessage(
        RawContent content, MessageRoute route, long octets, long checksum, boolean eightBit, boolean eightBitHeader) {
    private static final int BLOCK = 16 << 10;

    /**
     * Reads a message once.
     *
     * @throws MailException INVALID for one without sender or recipients, with addresses that cannot be, with a Bcc field whose name is broken, with NUL or with a header beyond
     *     1 MiB; STORAGE where it cannot be read
     */
    static PreparedMessage read(RawContent content) {
        ByteArrayOutputStream header = new ByteArrayOutputStream(1024);
        try (SentOctets octets = SentOctets.of(content, header)) {
            byte[] block = new byte[BLOCK];
            int count = octets.read(block);
            while (count > 0 && !octets.isHeaderTooLong()) {
                count = octets.read(block);
            }
            requireFit(octets);
            return new PreparedMessage(
                    content,
                    MessageRoute.of(HeaderFieldList.of(header.toByteArray())),
                    octets.octets(),
                    octets.checksum(),
                    octets.isEightBit(),
                    octets.isEightBitInHeader());
        } catch (IOException unreadable) {
            throw MessageHeader.unreadable(unreadable);
        }
    }

    private static void requireFit(SentOctets octets) {
        if (octets.isHeaderTooLong()) {
            throw invalid("the message's header must have at most 1 MiB");
        }
        if (octets.isBlindBroken()) {
            throw invalid(
                    "the message's header has a Bcc field whose colon does not follow its name; write Bcc: on one line");
        }
        if (octets.holdsNul()) {
            throw invalid("the message holds NUL, which SMTP does not carry; encode that part with base64");
        }
    }

    /** Returns the failure of a message that cannot be sent as it is. */
    static MailException invalid(String message) {
        return MailException.builder(Kind.INVALID, message)
                .mayHaveTakenEffect(false)
                .build();
    }

    @Override
    public String toString() {
        return "PreparedMessage[octets=" + octets + "]";
    }
}
