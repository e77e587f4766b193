package dev.steadymail.mime.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes encoded words in header fields (RFC 2047, with the language tags of RFC 2231 section 5). What cannot be decoded stays
 * as it was written. Octets of neighbouring words in the same charset are joined before decoding, since senders cut characters
 * in two. Thread-safe.
 */
public final class HeaderText {
    /** Longer fields are cut; Gmail takes headers of up to 500 KB. */
    public static final int MAX_LENGTH = 100_000;

    private static final Pattern WORD =
            Pattern.compile("=\\?([A-Za-z0-9_.:+-]{1,64})(?:\\*[^?\\s]{0,64})?\\?([BbQq])\\?([^?]*)\\?=");

    private HeaderText() {}

    /** Returns the text of a field without line ends and other controls, its encoded words decoded. */
    public static String decode(String raw) {
        String text = raw.length() > MAX_LENGTH ? raw.substring(0, MAX_LENGTH) : raw;
        text = unfolded(text);
        return text.contains("=?") ? unfolded(decodeWords(text)) : text;
    }

    private static String decodeWords(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Pending pending = new Pending(out);
        Matcher matcher = WORD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String between = text.substring(end, matcher.start());
            byte[] octets = octets(matcher.group(2), matcher.group(3));
            Charset charset = Charsets.named(matcher.group(1));
            if (octets == null || charset == null) {
                pending.literal(text.substring(end, matcher.end()));
            } else {
                pending.word(between, charset, octets);
            }
            end = matcher.end();
        }
        pending.literal(text.substring(end));
        return out.toString();
    }

    /** White space between two encoded words is not part of the text (RFC 2047 section 6.2). */
    private static final class Pending {
        private final StringBuilder out;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private @Nullable Charset charset;

        Pending(StringBuilder out) {
            this.out = out;
        }

        void word(String before, Charset next, byte[] more) {
            if (charset == null || !before.isBlank()) {
                literal(before);
            } else if (!charset.equals(next)) {
                flush();
            }
            charset = next;
            octets.writeBytes(more);
        }

        void literal(String text) {
            flush();
            out.append(text);
        }

        private void flush() {
            if (charset != null) {
                out.append(octets.toString(charset));
                octets.reset();
                charset = null;
            }
        }
    }

    private static byte @Nullable [] octets(String encoding, String text) {
        if (encoding.equalsIgnoreCase("Q")) {
            return quoted(text);
        }
        try {
            // The lenient decoder passes over what is no digit; where nothing else was there, it is no encoded word.
            byte[] decoded = Base64.getMimeDecoder().decode(text);
            return decoded.length == 0 && !text.isEmpty() ? null : decoded;
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    private static byte[] quoted(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int octet = c == '=' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (octet >= 0) {
                out.write(octet);
                i += 2;
            } else if (c == '_') {
                out.write(' ');
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Line ends go; what they left as white space stays (RFC 5322 section 2.2.3). Other controls become spaces. */
    private static String unfolded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\r' && c != '\n') {
                out.append(c < ' ' || c == 0x7f ? ' ' : c);
            }
        }
        return out.toString().strip();
    }
}
