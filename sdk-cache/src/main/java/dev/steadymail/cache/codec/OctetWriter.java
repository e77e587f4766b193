package dev.steadymail.cache.codec;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes what {@link OctetReader} reads. Numbers take 7 bits an octet, the lowest first, the highest bit set on all but the last. Texts are
 * their length in octets and UTF-8; half a surrogate pair, which hostile mail may have and UTF-8 has no form for, is written as the three
 * octets that its number would take (as in WTF-8).
 */
final class OctetWriter {
    /** First octet of every value. */
    static final int VERSION = 1;

    /** How the part of a second of an instant is told: not at all where there is none. */
    static final int WHOLE_SECOND = 0;

    static final int MILLIS = 1;
    static final int NANOS = 2;
    static final int NANOS_PER_MILLI = 1_000_000;

    private static final int LONGEST_NUMBER = 10;
    private static final int MOST_PER_CHAR = 3;

    private byte[] octets;
    private int length;

    OctetWriter(ValueKind kind, int expected) {
        this(expected + 2);
        octet(VERSION);
        octet(kind.number);
    }

    /** Writes without version and kind. */
    OctetWriter(int expected) {
        octets = new byte[Math.max(expected, LONGEST_NUMBER)];
    }

    void octet(int value) {
        ensure(1);
        octets[length++] = (byte) value;
    }

    /** Writes a number as if it had no sign: small ones that are not negative are short, and every other is right. */
    void number(long value) {
        ensure(LONGEST_NUMBER);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octets[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[length++] = (byte) rest;
    }

    /** Writes an instant as what it is later than another, as times of an email are near each other. */
    void instant(Instant instant, long since) {
        int nanos = instant.getNano();
        int part = nanos == 0 ? WHOLE_SECOND : nanos % NANOS_PER_MILLI == 0 ? MILLIS : NANOS;
        long seconds = instant.getEpochSecond() - since;
        long zigzag = (seconds << 1) ^ (seconds >> 63);
        number((zigzag << 2) | part);
        if (part != WHOLE_SECOND) {
            number(part == MILLIS ? nanos / NANOS_PER_MILLI : nanos);
        }
    }

    void text(String text) {
        int chars = text.length();
        int start = length;
        number(chars);
        ensure(chars);
        if (!ascii(text)) {
            length = start;
            wide(text);
        }
    }

    /** Writes a text that may be missing: its length is one more than it is, or zero. */
    void optional(@Nullable String text) {
        if (text == null) {
            octet(0);
            return;
        }
        int start = length;
        int chars = text.length();
        number(chars + 1L);
        ensure(chars);
        if (!ascii(text)) {
            length = start;
            number(Utf8.length(text) + 1);
            wideOctets(text);
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, length);
    }

    /** Writes a text of ASCII, for which there must be room, and returns whether it was one. */
    private boolean ascii(String text) {
        byte[] into = octets;
        int at = length;
        int chars = text.length();
        int all = 0;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            all |= c;
            into[at + i] = (byte) c;
        }
        length = at + chars;
        return all < 0x80;
    }

    private void wide(String text) {
        number(Utf8.length(text));
        wideOctets(text);
    }

    private void wideOctets(String text) {
        ensure((long) text.length() * MOST_PER_CHAR);
        length = Utf8.write(text, octets, length);
    }

    private void ensure(long more) {
        if (octets.length - length < more) {
            grow(more);
        }
    }

    private void grow(long more) {
        long needed = length + more;
        long doubled = 2L * octets.length;
        // At the end of what an array can hold this throws, as any array would.
        octets = Arrays.copyOf(octets, (int) Math.max(needed, Math.min(doubled, Integer.MAX_VALUE - 8)));
    }
}
