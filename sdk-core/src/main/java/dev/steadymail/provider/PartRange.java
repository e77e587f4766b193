package dev.steadymail.provider;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Locale;

/**
 * Some of the octets of a body part, as the provider serves them: {@code BodyPart.size} counts the same octets. On IMAP they are still
 * in their transfer encoding, so that what comes can be held against the size that the structure tells, and a read can go on at any
 * octet; decode them in order, from the first one on. Holds content, which stays out of {@code toString}. Thread-safe.
 */
public final class PartRange {
    /** The most octets that may be asked for at once. */
    public static final int MOST = 1 << 20;

    private final String encoding;
    private final long size;
    private final byte[] octets;

    private PartRange(String encoding, long size, byte[] octets) {
        this.encoding = encoding;
        this.size = size;
        this.octets = octets;
    }

    /**
     * Returns a range.
     *
     * @param encoding what all octets of the part are in (RFC 2045 section 6); empty where they are decoded
     * @param size how many octets the whole part has, as the provider says; -1 where it does not
     * @param octets those of the range, not copied: nobody may change them any more
     */
    public static PartRange of(String encoding, long size, byte[] octets) {
        return new PartRange(encoding.strip().toLowerCase(Locale.ROOT), size, octets);
    }

    /** Returns the transfer encoding that the octets are in, lower case, for example {@code base64}; empty where they are decoded. */
    public String encoding() {
        return encoding;
    }

    /** Returns how many octets the whole part has, in the same encoding, as the provider says; -1 where it does not. */
    public long size() {
        return size;
    }

    /** Returns how many octets came; fewer than were asked for only at the end of the part. */
    public int length() {
        return octets.length;
    }

    /** Opens the octets; any number of times. */
    public InputStream open() {
        return new ByteArrayInputStream(octets);
    }

    /** Fails where a range cannot be asked for. */
    public static void check(long from, int length) {
        if (from < 0 || length < 1 || length > MOST) {
            throw new IllegalArgumentException("a range starts at 0 or later and has 1 to " + MOST
                    + " octets, was asked for " + length + " from " + from);
        }
    }

    @Override
    public String toString() {
        return "PartRange[" + octets.length + " of " + size + "]";
    }
}
