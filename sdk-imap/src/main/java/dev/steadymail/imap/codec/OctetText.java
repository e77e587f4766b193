package dev.steadymail.imap.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Octets as text and as numbers. */
final class OctetText {
    private static final int LONGEST_NUMBER = 19;
    private static final char REPLACEMENT = '\uFFFD';

    private OctetText() {}

    /**
     * Returns octets as text.
     *
     * @param verbatim whether each octet stands for itself; otherwise they are UTF-8, or Latin-1 where they are not
     */
    static String of(byte[] octets, int from, int to, boolean verbatim) {
        String common = CommonAtoms.text(octets, from, to);
        if (common != null) {
            return common;
        }
        if (verbatim) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        // Fast for ASCII. What is no UTF-8 leaves a sign that plain text cannot have, and is looked at again.
        String text = new String(octets, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decoded(octets, from, to);
    }

    private static String decoded(byte[] octets, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException noUtf8) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    /** Like {@link #of}, without the backslashes that take the meaning from what follows. */
    static String unescaped(byte[] octets, int from, int to, boolean verbatim) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\\' && i + 1 < to) {
                i++;
            }
            plain[length++] = octets[i];
        }
        return of(plain, 0, length, verbatim);
    }

    /** Reads a number that is not negative; one that is, as some servers send for a size, is 0. */
    static long number(byte[] octets, int from, int to) throws UnreadableException {
        boolean negative = from < to && octets[from] == '-';
        int first = negative ? from + 1 : from;
        if (first == to || to - first > LONGEST_NUMBER) {
            throw new UnreadableException("a number is missing");
        }
        long number = 0;
        for (int i = first; i < to; i++) {
            if (octets[i] < '0' || octets[i] > '9') {
                throw new UnreadableException("a number is missing");
            }
            number = number * 10 + (octets[i] - '0');
        }
        // So many digits wrap round at most once, to less than nothing.
        if (number < 0 && !negative) {
            throw new UnreadableException("a number is too large");
        }
        return negative ? 0 : number;
    }

    static long number(String text) throws UnreadableException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return number(octets, 0, octets.length);
    }
}
