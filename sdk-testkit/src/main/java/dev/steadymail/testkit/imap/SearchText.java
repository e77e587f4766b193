package dev.steadymail.testkit.imap;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What SEARCH looks through: headers with encoded words decoded (RFC 2047), text parts with their encodings undone. */
final class SearchText {

    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?\\s]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");

    private SearchText() {}

    static String ofHeader(MimePart part) {
        return part.fields().fields().stream()
                .map(field -> field.name() + ": " + decodeHeader(field.value()))
                .collect(Collectors.joining("\n"));
    }

    /** Returns the text of all text parts; those of embedded messages with their headers. */
    static String ofBody(MimePart part) {
        MimePart embedded = part.embedded();
        if (embedded != null) {
            return ofHeader(embedded) + "\n" + ofBody(embedded);
        }
        if (part.isMultipart()) {
            return part.children().stream().map(SearchText::ofBody).collect(Collectors.joining("\n"));
        }
        return part.type().is("text") ? decodeText(part) : "";
    }

    static String decodeHeader(String raw) {
        Matcher words = ENCODED_WORD.matcher(BETWEEN_WORDS.matcher(raw).replaceAll("$1$2"));
        StringBuilder decoded = new StringBuilder();
        while (words.find()) {
            words.appendReplacement(decoded, "");
            decoded.append(decodeWord(words.group(1), words.group(2), words.group(3)));
        }
        StringBuilder rest = new StringBuilder();
        words.appendTail(rest);
        return decoded.append(rest).toString();
    }

    private static String decodeWord(String charset, String encoding, String text) {
        boolean base64 = encoding.equalsIgnoreCase("B");
        byte[] bytes = base64 ? base64(text) : quotedPrintable(text.replace('_', ' '));
        return new String(bytes, charset(charset));
    }

    private static String decodeText(MimePart part) {
        String encoding = part.fields().first("Content-Transfer-Encoding");
        String raw = part.body().latin1();
        byte[] bytes =
                switch (encoding == null ? "" : encoding.toLowerCase(Locale.ROOT)) {
                    case "base64" -> base64(raw);
                    case "quoted-printable" -> quotedPrintable(raw.replaceAll("=[ \t]*\r?\n", ""));
                    default -> part.body().toBytes();
                };
        return new String(bytes, charset(part.type().parameter("charset")));
    }

    /** Undoes what can be undone; broken base64 has nothing to be found in. */
    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
    }

    private static byte[] quotedPrintable(String text) {
        StringBuilder bytes = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int value = text.charAt(at) == '=' ? hex(text, at + 1) : -1;
            bytes.append(value < 0 ? text.charAt(at) : (char) value);
            at += value < 0 ? 1 : 3;
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the value of two hexadecimal digits, or -1. */
    private static int hex(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static Charset charset(@Nullable String name) {
        boolean ascii = name == null || name.equalsIgnoreCase("us-ascii");
        try {
            return ascii ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
