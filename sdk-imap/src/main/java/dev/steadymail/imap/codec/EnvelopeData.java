package dev.steadymail.imap.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ENVELOPE (RFC 3501 section 7.4.2), as sent: encoded words are not decoded. Immutable.
 *
 * @param date the header's text, null where there is none; the other texts alike
 */
public record EnvelopeData(
        @Nullable String date,
        @Nullable String subject,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        @Nullable String inReplyTo,
        @Nullable String messageId) {

    /**
     * An address; the marks of a group's begin and end are addresses without a host.
     *
     * @param name null where there is none
     * @param mailbox the part before the sign, or a group's name; null at the end of a group
     * @param host null for the marks of a group
     */
    public record Address(
            @Nullable String name,
            @Nullable String mailbox,
            @Nullable String host) {
        @Override
        public String toString() {
            return "Address";
        }
    }

    @Override
    public String toString() {
        return "EnvelopeData";
    }
}
