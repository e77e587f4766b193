package dev.steadymail.server.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes text of any script into header fields, as encoded words where ASCII does not do (RFC 2047). */
final class HeaderText {
    /** RFC 2047 section 2: an encoded word has at most 75 characters. */
    private static final int WORD_LENGTH = 75;

    private static final String SPECIALS = "()<>[]:;@\\,.\"";

    private HeaderText() {}

    /** Returns unstructured text; in UTF-8 where the charset lacks a character. */
    static String encode(String text, Charset charset) {
        if (isAscii(text)) {
            return text;
        }
        Charset able = charset.newEncoder().canEncode(text) ? charset : StandardCharsets.UTF_8;
        return String.join("\r\n ", words(text, able));
    }

    /** Returns a name before an address. */
    static String phrase(String name, Charset charset) {
        boolean quoted = isAscii(name) && name.chars().anyMatch(c -> SPECIALS.indexOf(c) >= 0);
        return quoted ? "\"" + name + "\"" : encode(name, charset);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** No character is split between words, and each word can be decoded alone (RFC 2047 section 5). */
    private static List<String> words(String text, Charset charset) {
        List<String> words = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            chunk.appendCodePoint(character);
            if (word(chunk.toString(), charset).length() > WORD_LENGTH) {
                chunk.setLength(chunk.length() - Character.charCount(character));
                words.add(word(chunk.toString(), charset));
                chunk.setLength(0);
                chunk.appendCodePoint(character);
            }
        }
        words.add(word(chunk.toString(), charset));
        return words;
    }

    /** Western text stays readable in Q, everything else is shorter in B. */
    private static String word(String chunk, Charset charset) {
        String name = charset.name().toLowerCase(Locale.ROOT);
        byte[] octets = chunk.getBytes(charset);
        return name.startsWith("iso-8859-")
                ? "=?" + name + "?Q?" + quoted(octets) + "?="
                : "=?" + name + "?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
    }

    private static String quoted(byte[] octets) {
        StringBuilder out = new StringBuilder();
        for (byte octet : octets) {
            if (octet == ' ') {
                out.append('_');
            } else if (isAsciiLetterOrDigit(octet)) {
                out.append((char) octet);
            } else {
                out.append(String.format(Locale.ROOT, "=%02X", octet & 0xff));
            }
        }
        return out.toString();
    }

    private static boolean isAsciiLetterOrDigit(byte octet) {
        return octet > 0 && Character.isLetterOrDigit(octet);
    }
}
