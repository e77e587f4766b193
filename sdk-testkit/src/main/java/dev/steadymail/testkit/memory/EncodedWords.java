package dev.steadymail.testkit.memory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes header text (RFC 2047), and the octets that charsets and transfer encodings stand for. */
final class EncodedWords {
    private static final Pattern WORD = Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");

    private EncodedWords() {}

    static String decode(String text) {
        String joined = BETWEEN_WORDS.matcher(text).replaceAll("$1$2");
        Matcher word = WORD.matcher(joined);
        return word.replaceAll(
                found -> Matcher.quoteReplacement(decoded(found.group(1), found.group(2), found.group(3))));
    }

    private static String decoded(String charset, String encoding, String text) {
        byte[] octets = encoding.equalsIgnoreCase("b")
                ? Base64.getMimeDecoder().decode(text)
                : quotedPrintable(text.replace('_', ' '));
        return new String(octets, charset(charset));
    }

    /** Returns a charset by name, Latin-1 where it is not known. */
    static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** Decodes content in which one character is one octet (RFC 2045 section 6). */
    static byte[] transferDecoded(String content, String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "base64" -> Base64.getMimeDecoder().decode(content.replaceAll("[^A-Za-z0-9+/=]", ""));
            case "quoted-printable" -> quotedPrintable(content.replaceAll("=[ \t]*\r?\n", ""));
            default -> content.getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static byte[] quotedPrintable(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int octet = c == '=' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            octets.write(octet < 0 ? c : octet);
            i += octet < 0 ? 0 : 2;
        }
        return octets.toByteArray();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
