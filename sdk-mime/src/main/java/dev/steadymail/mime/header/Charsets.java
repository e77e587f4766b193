package dev.steadymail.mime.header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Charsets as mail names them, and what to do where the name says nothing or lies. The rules are those of browsers (WHATWG Encoding
 * section 4.2) where these widen a charset: mail that says Latin-1 is mostly windows-1252. Thread-safe.
 */
public final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Names that the JDK does not know, or that stand for more than they say. */
    private static final Map<String, String> WIDENED = Map.ofEntries(
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("ansi_x3.4-1968", "windows-1252"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-8-e", "iso-8859-8"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "windows-874"),
            Map.entry("tis-620", "windows-874"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("cp-850", "cp850"),
            Map.entry("utf8", "utf-8"),
            Map.entry("unicode-1-1-utf-8", "utf-8"),
            Map.entry("x-unknown", "windows-1252"),
            Map.entry("unknown-8bit", "windows-1252"));

    private static final Map<String, Charset> KNOWN = known();

    private Charsets() {}

    /** Returns the charset that a name stands for in mail, or null for one that is not known here. */
    public static @Nullable Charset named(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        return KNOWN.get(WIDENED.getOrDefault(key, key));
    }

    /** All at once: the JDK asks every provider again for each name that nobody knows. */
    private static Map<String, Charset> known() {
        Map<String, Charset> known = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            known.put(charset.name().toLowerCase(Locale.ROOT), charset);
            charset.aliases().forEach(alias -> known.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
        }
        return Map.copyOf(known);
    }

    /**
     * Decodes text. A byte order mark of UTF-8 or UTF-16 decides; octets that are valid UTF-8 beyond ASCII are UTF-8, whatever a
     * charset of single octets says, since no other text looks like that by chance; then the name counts, then windows-1252.
     *
     * @param name the charset that was declared, or null
     */
    public static String decode(byte[] octets, @Nullable String name) {
        Charset declared = name == null ? null : named(name);
        Charset marked = marked(octets);
        if (marked != null) {
            int mark = marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
            return new String(octets, mark, octets.length - mark, marked);
        }
        if (declared == null || declared.equals(StandardCharsets.UTF_8) || isOfSingleOctets(declared)) {
            String text = utf8(octets);
            if (text != null) {
                return text;
            }
        }
        return new String(octets, declared == null ? WINDOWS_1252 : declared);
    }

    /** Some charsets of the JDK decode only. */
    private static boolean isOfSingleOctets(Charset charset) {
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
    }

    private static @Nullable Charset marked(byte[] octets) {
        if (octets.length >= 3 && octets[0] == (byte) 0xEF && octets[1] == (byte) 0xBB && octets[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (octets.length >= 2 && octets[0] == (byte) 0xFF && octets[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        boolean bigEndian = octets.length >= 2 && octets[0] == (byte) 0xFE && octets[1] == (byte) 0xFF;
        return bigEndian ? StandardCharsets.UTF_16BE : null;
    }

    private static @Nullable String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException other) {
            return null;
        }
    }
}
