package dev.steadymail.testkit.imap;

import java.util.List;

/**
 * What {@link ImapCapability#X_GM_EXT_1} tells of a message. Immutable.
 *
 * @param messageId X-GM-MSGID, unsigned; Gmail's API shows the same number in hexadecimal
 * @param threadId X-GM-THRID, unsigned
 * @param labels X-GM-LABELS as they are sent, {@code \\Inbox} or {@code Work} for example, in modified UTF-7
 */
public record GmailAttributes(long messageId, long threadId, List<String> labels) {
    private static final long FIRST = 0x1700_0000_0000_0000L;

    /** Takes a copy. */
    public GmailAttributes {
        labels = List.copyOf(labels);
    }

    /**
     * Returns the attributes of a message by its ids as Gmail's API shows them, in hexadecimal.
     *
     * @throws NumberFormatException where one is not a number of 64 bits
     */
    public static GmailAttributes of(String messageId, String threadId, List<String> labels) {
        return new GmailAttributes(Long.parseUnsignedLong(messageId, 16), Long.parseUnsignedLong(threadId, 16), labels);
    }

    static GmailAttributes ofNumber(long number) {
        return new GmailAttributes(FIRST + number, FIRST + number, List.of());
    }

    /** Labels are content. */
    @Override
    public String toString() {
        return "GmailAttributes[" + Long.toUnsignedString(messageId) + "]";
    }
}
