package dev.steadymail.testkit.imap;

import org.jspecify.annotations.Nullable;

/**
 * What an email is wherever it is filed: bytes that never change, with the ids of RFC 8474 section 5. Copies share it, and so their
 * EMAILID. Guarded by the lock of its {@link AccountStore}.
 */
final class MessageContent {

    private final ObjectIds ids;
    private final long number;
    private final byte[] bytes;
    private @Nullable MimePart structure;
    private @Nullable String threadId;
    private @Nullable GmailAttributes gmail;
    private boolean unreadable;

    /**
     * @param number position among all emails that ever came into the account
     */
    MessageContent(ObjectIds ids, long number, byte[] bytes) {
        this.ids = ids;
        this.number = number;
        this.bytes = bytes;
    }

    long number() {
        return number;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isReadable() {
        return !unreadable;
    }

    void readable(boolean readable) {
        unreadable = !readable;
    }

    /** Returns the MIME structure, read on first use. */
    MimePart structure() {
        MimePart known = structure;
        if (known == null) {
            known = MimeReader.read(bytes);
            structure = known;
        }
        return known;
    }

    /** Begins with a letter, as a number could be taken for a UID (RFC 8474 section 7). */
    String emailId() {
        return "M" + number;
    }

    String threadId() {
        String known = threadId;
        return known == null ? ids.threadOf(this) : known;
    }

    /** Returns what Gmail's extension tells; where nothing was stated, numbers of our own and no labels. */
    GmailAttributes gmail() {
        GmailAttributes stated = gmail;
        return stated == null ? GmailAttributes.ofNumber(number) : stated;
    }

    void gmail(GmailAttributes attributes) {
        gmail = attributes;
    }

    boolean hasThread() {
        return threadId != null;
    }

    /** Once given, the id stays (RFC 8474 section 5.2). */
    void thread(String id) {
        threadId = id;
    }
}
