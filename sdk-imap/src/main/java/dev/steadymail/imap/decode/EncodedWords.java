package dev.steadymail.imap.decode;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Decodes encoded words (RFC 2047) that keep to the grammar, as nearly all do, to what {@link MimeUtility} makes of them. It looks up a
 * service for every word, which takes more memory than all else about a message.
 */
final class EncodedWords {
    private EncodedWords() {}

    /** Returns the text with its words decoded, or null where one of them does not keep to the grammar. */
    static @Nullable String decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        boolean afterWord = false;
        for (int at = 0; at < text.length(); ) {
            int from = end(text, at, true);
            int to = end(text, from, false);
            boolean word = text.startsWith("=?", from);
            if (!word || !afterWord) {
                // White space between two encoded words is none.
                decoded.append(text, at, from);
            }
            String content = word ? word(text, from, to) : text.substring(from, to);
            if (content == null) {
                return null;
            }
            decoded.append(content);
            afterWord = word;
            at = to;
        }
        return decoded.toString();
    }

    private static int end(String text, int from, boolean space) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at)) == space) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Decodes {@code =?charset?encoding?text?=}. */
    private static @Nullable String word(String text, int from, int to) {
        int encoding = text.indexOf('?', from + 2) + 1;
        int content = encoding + 2;
        int end = to - 2;
        boolean whole = encoding > 0
                && content <= end
                && text.charAt(content - 1) == '?'
                && text.indexOf('?', content) == end
                && text.charAt(end + 1) == '=';
        Charset charset = whole ? charset(text, from + 2, encoding - 1) : null;
        if (charset == null) {
            return null;
        }
        byte[] octets =
                switch (text.charAt(encoding)) {
                    case 'B', 'b' -> base64(text.substring(content, end));
                    case 'Q', 'q' -> quoted(text, content, end);
                    default -> null;
                };
        return octets == null ? null : new String(octets, charset);
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return text.length() % 4 == 0 ? Base64.getDecoder().decode(text) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static byte @Nullable [] quoted(String text, int from, int to) {
        byte[] octets = new byte[length(text, from, to)];
        int at = from;
        for (int i = 0; i < octets.length; i++) {
            char c = text.charAt(at++);
            if (c >= 0x80) {
                return null;
            }
            if (c != '=') {
                octets[i] = (byte) (c == '_' ? ' ' : c);
                continue;
            }
            int octet = at + 2 <= to ? ExtendedValue.octet(text.charAt(at), text.charAt(at + 1)) : -1;
            if (octet < 0) {
                return null;
            }
            octets[i] = (byte) octet;
            at += 2;
        }
        return at == to ? octets : null;
    }

    /** Returns how many octets there are, where each sign of an escape has two digits. */
    private static int length(String text, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i += text.charAt(i) == '=' ? 3 : 1) {
            length++;
        }
        return length;
    }

    private static @Nullable Charset charset(String text, int from, int to) {
        if (to - from == 5 && text.regionMatches(true, from, "utf-8", 0, 5)) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(MimeUtility.javaCharset(text.substring(from, to)));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
