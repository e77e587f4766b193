package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Words that nearly every response has, found by their octets, so that no text of their own is made for each message. Fixed: nothing
 * that a server sends is kept. Thread-safe.
 */
final class CommonAtoms {
    /** Of responses, items and flags, as nearly every server writes them. */
    private static final String NAMES =
            "* + OK NO BAD BYE PREAUTH CAPABILITY ENABLED SEARCH ESEARCH VANISHED LIST LSUB STATUS"
                    + " EXISTS RECENT EXPUNGE FETCH UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE MODSEQ X-GM-LABELS X-GM-MSGID"
                    + " X-GM-THRID EMAILID THREADID BODY[] BODY[HEADER] BODY[TEXT]"
                    + " \\Seen \\Recent \\Flagged \\Answered \\Draft \\Deleted $Forwarded $MDNSent NonJunk NotJunk Junk $Junk $NotJunk";

    /** Of media types, which are written in small letters or in capitals. */
    private static final String TYPES =
            "text plain html calendar multipart mixed alternative related report signed application octet-stream pdf zip"
                    + " msword image png jpeg gif message rfc822 delivery-status charset boundary name filename format flowed"
                    + " delsp yes no type protocol micalg method utf-8 us-ascii iso-8859-1 iso-8859-15 windows-1252 7bit 8bit"
                    + " binary base64 quoted-printable inline attachment body";

    /** As many as the 10 highest bits of a hash can name. */
    private static final int SLOTS = 1024;

    private static final String[] TEXTS = new String[SLOTS];
    private static final String[] LOWER = new String[SLOTS];
    private static final byte[][] OCTETS = new byte[SLOTS][];
    private static final int LONGEST = 20;
    private static final int NONE = -1;

    static {
        for (String name : NAMES.split(" ", -1)) {
            add(name, name.toLowerCase(Locale.ROOT));
        }
        for (String type : TYPES.split(" ", -1)) {
            add(type, type);
            add(type.toUpperCase(Locale.ROOT), type);
        }
    }

    private CommonAtoms() {}

    /** Returns the text of these octets, or null where they are no common word. */
    static @Nullable String text(byte[] octets, int from, int to) {
        int slot = find(octets, from, to);
        return slot == NONE ? null : TEXTS[slot];
    }

    /** Returns the text of these octets in lower case, or null where they are no common word. */
    static @Nullable String lower(byte[] octets, int from, int to) {
        int slot = find(octets, from, to);
        return slot == NONE ? null : LOWER[slot];
    }

    private static int find(byte[] octets, int from, int to) {
        if (to - from > LONGEST || to <= from) {
            return NONE;
        }
        int slot = slot(octets, from, to);
        while (OCTETS[slot] != null) {
            if (isAt(octets, from, to, OCTETS[slot])) {
                return slot;
            }
            slot = (slot + 1) % SLOTS;
        }
        return NONE;
    }

    /** Quicker for so few octets than what compares any number of them. */
    private static boolean isAt(byte[] octets, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        int i = 0;
        while (i < word.length && word[i] == octets[from + i]) {
            i++;
        }
        return i == word.length;
    }

    private static void add(String word, String lower) {
        byte[] octets = word.getBytes(StandardCharsets.US_ASCII);
        if (octets.length > LONGEST) {
            throw new IllegalArgumentException("a common word has at most " + LONGEST + " octets");
        }
        if (find(octets, 0, octets.length) != NONE) {
            return;
        }
        int slot = slot(octets, 0, octets.length);
        while (OCTETS[slot] != null) {
            slot = (slot + 1) % SLOTS;
        }
        OCTETS[slot] = octets;
        TEXTS[slot] = word;
        LOWER[slot] = lower;
    }

    private static int slot(byte[] octets, int from, int to) {
        int hash = octets[from] + 31 * (octets[to - 1] + 31 * (octets[(from + to) >>> 1] + 31 * (to - from)));
        return (hash * 0x9E3779B9) >>> 22;
    }
}
