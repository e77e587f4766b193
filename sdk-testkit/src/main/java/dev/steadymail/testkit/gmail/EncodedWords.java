package dev.steadymail.testkit.gmail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes encoded words in header values (RFC 2047); what is malformed stays as it is. */
final class EncodedWords {
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=");
    private static final Pattern GAP = Pattern.compile("(\\?=)\\s+(?==\\?[^?\\s]+\\?[bBqQ]\\?)");

    private EncodedWords() {}

    static String decode(String value) {
        if (!value.contains("=?")) {
            return value;
        }
        String joined = GAP.matcher(value).replaceAll("$1");
        return WORD.matcher(joined).replaceAll(word -> Matcher.quoteReplacement(decode(word.group(1), word)));
    }

    private static String decode(String charsetName, MatchResult word) {
        Charset charset = ContentType.charsetOr(charsetName, StandardCharsets.UTF_8);
        byte[] text = word.group(3).getBytes(StandardCharsets.UTF_8);
        if (word.group(2).equalsIgnoreCase("B")) {
            return new String(TransferEncoding.base64(text, 0, text.length), charset);
        }
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '_' ? (byte) ' ' : text[i];
        }
        return new String(TransferEncoding.quotedPrintable(text, 0, text.length), charset);
    }
}
