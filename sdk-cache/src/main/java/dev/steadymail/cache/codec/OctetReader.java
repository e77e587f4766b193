package dev.steadymail.cache.codec;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link OctetWriter} wrote. It trusts nothing: each length and count is held against the octets that are left before anything
 * is made for it.
 */
final class OctetReader {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String CUT = "the value ends too early";

    private final byte[] octets;
    private int at;

    private OctetReader(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Reads a whole value.
     *
     * @throws DamagedValueException where it is none of this kind and version
     */
    static <T> T read(byte[] octets, ValueKind kind, Function<OctetReader, T> form) {
        OctetReader reader = new OctetReader(octets);
        try {
            reader.requireHead(kind);
            T value = form.apply(reader);
            if (reader.at != octets.length) {
                throw new DamagedValueException("the value goes on after its end");
            }
            return value;
        } catch (IllegalArgumentException | DateTimeException refused) {
            throw new DamagedValueException("the value holds what the mail model refuses", refused);
        }
    }

    private void requireHead(ValueKind kind) {
        int version = octet();
        if (version != OctetWriter.VERSION) {
            throw new DamagedValueException("the value has version " + version + ", not " + OctetWriter.VERSION);
        }
        int number = octet();
        if (number != kind.number) {
            throw new DamagedValueException("the value is of kind " + number + ", not " + kind.number);
        }
    }

    int octet() {
        if (at == octets.length) {
            throw new DamagedValueException(CUT);
        }
        return octets[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            long octet = octet();
            value |= (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new DamagedValueException("a number is too long");
    }

    /** Reads how many things follow that take so many octets each at least. */
    int count(int leastOctets) {
        long count = number();
        if (count < 0 || count > (octets.length - at) / leastOctets) {
            throw new DamagedValueException("more is announced than there is");
        }
        return (int) count;
    }

    Instant instant(long since) {
        long number = number();
        int part = (int) number & 3;
        long zigzag = number >>> 2;
        long seconds = since + ((zigzag >>> 1) ^ -(zigzag & 1));
        return switch (part) {
            case OctetWriter.WHOLE_SECOND -> Instant.ofEpochSecond(seconds);
            case OctetWriter.MILLIS -> Instant.ofEpochSecond(seconds, nanos(999) * OctetWriter.NANOS_PER_MILLI);
            case OctetWriter.NANOS -> Instant.ofEpochSecond(seconds, nanos(999_999_999));
            default -> throw new DamagedValueException("an instant has no such form");
        };
    }

    private long nanos(long most) {
        long part = number();
        if (part < 0 || part > most) {
            throw new DamagedValueException("a second has no such part");
        }
        return part;
    }

    String text() {
        return text(count(1));
    }

    @Nullable
    String optional() {
        long length = number();
        if (length == 0) {
            return null;
        }
        if (length < 0 || length - 1 > octets.length - at) {
            throw new DamagedValueException(CUT);
        }
        return text((int) length - 1);
    }

    private String text(int length) {
        if (length == 0) {
            return "";
        }
        int start = at;
        at += length;
        String text = new String(octets, start, length, StandardCharsets.UTF_8);
        // Half a pair looks like damage to the JDK, and so does damage.
        return text.indexOf(REPLACEMENT) < 0 ? text : Utf8.read(octets, start, at);
    }
}
