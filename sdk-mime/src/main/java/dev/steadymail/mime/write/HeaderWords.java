package dev.steadymail.mime.write;

import dev.steadymail.mail.EmailAddress;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes texts and addresses as header fields take them: printable ASCII with folds, all else in encoded words (RFC 2047). Whatever comes
 * in, no line ends but our own come out.
 */
final class HeaderWords {
    private static final String FOLD = "\r\n ";
    /** RFC 5322 section 2.1.1 wants lines of 78 characters, names of fields included. */
    private static final int LINE = 70;
    /** 45 octets are 60 digits of base64; an encoded word has 75 characters at most (RFC 2047 section 2). */
    private static final int WORD_OCTETS = 45;

    private static final String LITERAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

    private HeaderWords() {}

    /** Returns a text without controls and what turns text around in the middle of a header: each becomes a space. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isControl(point) ? ' ' : point));
        return clean.toString();
    }

    private static boolean isControl(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    /** Returns unstructured text, as of a subject. */
    static String text(String text) {
        String clean = clean(text).strip();
        return isPlain(clean) ? folded(clean) : encoded(clean);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~')
                && !text.contains("=?")
                && !text.contains("  ")
                && text.chars().filter(c -> c == ' ').count() * LINE >= text.length() - LINE
                && longestWord(text) < LINE;
    }

    private static int longestWord(String text) {
        int longest = 0;
        for (String word : text.split(" ")) {
            longest = Math.max(longest, word.length());
        }
        return longest;
    }

    private static String folded(String text) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (out.isEmpty()) {
                out.append(word);
                column = word.length();
            } else if (column + 1 + word.length() > LINE) {
                out.append(FOLD).append(word);
                column = 1 + word.length();
            } else {
                out.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        return out.toString();
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        StringBuilder chunk = new StringBuilder();
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int length = utf8(Character.toString(point)).length;
            if (octets + length > WORD_OCTETS) {
                word(chunk, out);
                octets = 0;
            }
            chunk.appendCodePoint(point);
            octets += length;
            i += Character.charCount(point);
        }
        word(chunk, out);
        return out.toString();
    }

    private static void word(StringBuilder chunk, StringBuilder out) {
        out.append(out.isEmpty() ? "" : FOLD)
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(utf8(chunk.toString())))
                .append("?=");
        chunk.setLength(0);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an address list, an address to a line. */
    static String addresses(List<EmailAddress> addresses) {
        return addresses.stream().map(HeaderWords::address).collect(Collectors.joining("," + FOLD));
    }

    private static String address(EmailAddress address) {
        String name = address.name() == null ? "" : clean(address.name()).strip();
        String bare = bare(address.address());
        if (name.isEmpty()) {
            return bare.startsWith("\"") ? "<" + bare + ">" : bare;
        }
        boolean plain = isPlain(name) && name.length() < LINE;
        String shown = plain ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : encoded(name);
        return shown + FOLD + "<" + bare + ">";
    }

    /** Returns an address with its domain in ASCII (RFC 5890). */
    static String bare(String address) {
        int at = address.lastIndexOf('@');
        String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
        return address.substring(0, at + 1) + domain;
    }

    /**
     * Returns a parameter with its semicolon, a quoted string where that says the same to every reader, else by RFC 2231 sections 3
     * and 4.
     */
    static String parameter(String name, String value) {
        boolean plain = isPlain(value)
                && value.length() < WORD_OCTETS
                && value.chars().noneMatch(c -> c == '"' || c == '\\' || c == '%');
        if (plain) {
            return ";" + FOLD + name + "=\"" + value + '"';
        }
        StringBuilder out = new StringBuilder();
        StringBuilder segment = new StringBuilder("UTF-8''");
        int number = 0;
        for (byte octet : utf8(value)) {
            if (segment.length() > WORD_OCTETS) {
                segment(name, number++, segment, out);
            }
            segment.append(LITERAL.indexOf(octet) >= 0 ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        segment(name, number, segment, out);
        return out.toString();
    }

    private static void segment(String name, int number, StringBuilder segment, StringBuilder out) {
        out.append(";" + FOLD)
                .append(name)
                .append('*')
                .append(number)
                .append("*=")
                .append(segment);
        segment.setLength(0);
    }

    /** Returns message ids (RFC 5322 section 3.6.4), an id to a line. */
    static String ids(List<String> ids) {
        return ids.stream().map(id -> "<" + id + ">").collect(Collectors.joining(FOLD));
    }
}
