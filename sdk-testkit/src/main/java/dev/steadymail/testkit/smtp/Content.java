package dev.steadymail.testkit.smtp;

import java.io.ByteArrayOutputStream;

/** The content of a message that is arriving. What is above the size limit is counted but not kept. */
final class Content {
    private final ContentAudit audit = new ContentAudit();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final long limit;
    private long untilCut = Long.MAX_VALUE;
    private boolean tooLarge;

    Content(long limit) {
        this.limit = limit;
    }

    /** Plans to cut the connection after so many octets of the wire. */
    void cutAfter(long octets) {
        untilCut = octets;
    }

    /** Tells whether the connection is to be cut now. */
    boolean isCutDue() {
        return untilCut <= 0;
    }

    /** Counts an octet on the wire. */
    void arrived() {
        untilCut--;
    }

    /** Adds an octet of the message. */
    void add(byte octet) {
        audit.octet(octet);
        if (kept.size() < limit) {
            kept.write(octet);
        } else {
            tooLarge = true;
        }
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    ContentAudit audit() {
        return audit;
    }

    byte[] octets() {
        return kept.toByteArray();
    }
}
