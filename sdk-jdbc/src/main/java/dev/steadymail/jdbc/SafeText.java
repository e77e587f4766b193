package dev.steadymail.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts in a form that every database takes and gives back as they were: PostgreSQL takes no NUL, no encoding takes half a surrogate
 * pair, and both come in names that servers make up. Such characters, line feeds and backslashes become <code>&#92;xxxx</code>, a
 * backslash and four hexadecimal digits; a list is its texts so written, each ended by a line feed.
 */
final class SafeText {
    private static final char ESCAPE = '\\';
    private static final int DIGITS = 4;

    private SafeText() {}

    static String write(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c == '\n' || c == ESCAPE || isAlone(text, i)) {
                safe.append(ESCAPE).append(HexFormat.of().toHexDigits(c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    static @Nullable String writeOrNull(@Nullable String text) {
        return text == null ? null : write(text);
    }

    static String read(String safe) {
        if (safe.indexOf(ESCAPE) < 0) {
            return safe;
        }
        StringBuilder text = new StringBuilder(safe.length());
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == ESCAPE) {
                text.append((char) HexFormat.fromHexDigits(safe, i + 1, i + 1 + DIGITS));
                i += DIGITS;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    static String writeAll(Collection<String> texts) {
        StringBuilder safe = new StringBuilder();
        texts.forEach(text -> safe.append(write(text)).append('\n'));
        return safe.toString();
    }

    static List<String> readAll(String safe) {
        List<String> texts = new ArrayList<>();
        int start = 0;
        for (int end = safe.indexOf('\n'); end >= 0; end = safe.indexOf('\n', start)) {
            texts.add(read(safe.substring(start, end)));
            start = end + 1;
        }
        return texts;
    }

    /** Returns 32 octets that stand for a text in keys: an index takes no text of any length, and collations differ. */
    static byte[] key(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(write(text).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static boolean isAlone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
