package dev.steadymail.imap.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds one field in the octets of a message, without reading more of them than its header. Immutable. */
public final class HeaderField {
    /** RFC 5322 section 2.1.1 has 998 octets a line; what is longer is not worth a fingerprint. */
    public static final HeaderField MESSAGE_ID = new HeaderField("message-id", 4_000);

    /** As many as 200 ids of 80 octets: of more, the first and the last ones, as the last is what an email answers. */
    public static final HeaderField REFERENCES = new HeaderField("references", 16_000);

    private static final int SHARE_OF_FIRST = 4;

    private final byte[] name;
    private final int longest;

    private HeaderField(String name, int longest) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.longest = longest;
    }

    /** Returns the text of the first such field, unfolded and without white space around it; null where there is none. */
    public @Nullable String find(byte[] message) {
        int line = 0;
        while (line < message.length && !isEmptyLine(message, line)) {
            int next = nextLine(message, line);
            int value = valueOf(message, line, next);
            if (value >= 0) {
                return text(message, value, next);
            }
            line = next;
        }
        return null;
    }

    private static boolean isEmptyLine(byte[] octets, int at) {
        return octets[at] == '\n' || (octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n');
    }

    private static int nextLine(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != '\n') {
            at++;
        }
        return Math.min(octets.length, at + 1);
    }

    /** Returns where the value begins if the line is of this field, else a negative number; white space before the colon is obsolete syntax. */
    private int valueOf(byte[] octets, int line, int next) {
        if (next - line <= name.length) {
            return -1;
        }
        for (int i = 0; i < name.length; i++) {
            if ((octets[line + i] | 0x20) != name[i] && octets[line + i] != name[i]) {
                return -1;
            }
        }
        int at = line + name.length;
        while (at < next && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
        return at < next && octets[at] == ':' ? at + 1 : -1;
    }

    private @Nullable String text(byte[] octets, int from, int firstEnd) {
        int end = firstEnd;
        while (end < octets.length && (octets[end] == ' ' || octets[end] == '\t')) {
            end = nextLine(octets, end);
        }
        String value = new String(octets, from, end - from, StandardCharsets.ISO_8859_1);
        String unfolded = shortened(value).replace("\r", "").replace("\n", "").strip();
        return unfolded.isEmpty() ? null : HeaderText.utf8(unfolded);
    }

    /** Leaves out the middle of what is too long, between two ids where there are any. */
    private String shortened(String value) {
        if (value.length() <= longest) {
            return value;
        }
        int head = longest / SHARE_OF_FIRST;
        int tail = value.length() - (longest - head);
        int first = value.lastIndexOf('<', head);
        int last = value.indexOf('<', tail);
        return value.substring(0, first < 0 ? head : first) + " " + value.substring(last < 0 ? tail : last);
    }
}
