package dev.steadymail.cache.codec;

/** UTF-8 that has a form for halves of surrogate pairs as well, which the JDK's replaces by question marks. */
final class Utf8 {
    private static final String CUT = "a text is no UTF-8";

    /** The least character that needs so many further octets. */
    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    static long length(String text) {
        long octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                octets++;
            } else if (c < 0x800) {
                octets += 2;
            } else if (isPair(text, i)) {
                octets += 4;
                i++;
            } else {
                octets += 3;
            }
        }
        return octets;
    }

    /** Writes a text for which there is room, and returns where it ends. */
    static int write(String text, byte[] into, int start) {
        int at = start;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c < 0x80) {
                into[at++] = (byte) c;
            } else if (c < 0x800) {
                into[at++] = (byte) (0xC0 | (c >> 6));
                into[at++] = continuing(c);
            } else if (isPair(text, i)) {
                c = text.codePointAt(i);
                i++;
                into[at++] = (byte) (0xF0 | (c >> 18));
                into[at++] = continuing(c >> 12);
                into[at++] = continuing(c >> 6);
                into[at++] = continuing(c);
            } else {
                into[at++] = (byte) (0xE0 | (c >> 12));
                into[at++] = continuing(c >> 6);
                into[at++] = continuing(c);
            }
        }
        return at;
    }

    private static byte continuing(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /**
     * Returns the text that octets are.
     *
     * @throws DamagedValueException where they are none
     */
    static String read(byte[] octets, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            int lead = octets[at] & 0xFF;
            int more = following(lead);
            if (end - at <= more) {
                throw new DamagedValueException(CUT);
            }
            int c = more == 0 ? lead : lead & (0x3F >> more);
            for (int i = 1; i <= more; i++) {
                c = (c << 6) | continued(octets[at + i]);
            }
            if (c < LEAST[more] || c > Character.MAX_CODE_POINT) {
                throw new DamagedValueException(CUT);
            }
            text.appendCodePoint(c);
            at += more + 1;
        }
        return text.toString();
    }

    private static int following(int lead) {
        if (lead < 0x80) {
            return 0;
        }
        if (lead < 0xC0 || lead > 0xF7) {
            throw new DamagedValueException(CUT);
        }
        return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    private static int continued(byte octet) {
        if ((octet & 0xC0) != 0x80) {
            throw new DamagedValueException(CUT);
        }
        return octet & 0x3F;
    }
}
