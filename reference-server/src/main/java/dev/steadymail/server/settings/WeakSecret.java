package dev.steadymail.server.settings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Secrets that somebody else could guess. */
final class WeakSecret {
    /** Bytes of a secret that tokens are signed under, as HS256 needs (RFC 7518 section 3.2). */
    static final int KEY_BYTES = 32;

    static final String REMEDY = "; make one with: steadymail secrets";

    private static final int DISTINCT = 5;

    /** Long enough that none is in random Base64 by chance. */
    private static final List<String> SAMPLE_WORDS = List.of(
            "changeme",
            "change-me",
            "change_me",
            "change-this",
            "secret",
            "password",
            "passw0rd",
            "example",
            "sample",
            "placeholder",
            "replace",
            "default",
            "insecure",
            "your-",
            "your_",
            "qwerty",
            "letmein",
            "steadymail",
            "12345678",
            "abcdefgh");

    private WeakSecret() {}

    /** Returns what a secret stands for: the bytes of its Base64 where those are enough, else of its text. */
    static byte[] bytes(String text) {
        byte[] decoded = decoded(text);
        return decoded.length >= KEY_BYTES ? decoded : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what is wrong with a secret, to follow its name; empty where nothing is. */
    static Optional<String> of(String text) {
        if (text.chars().distinct().count() < DISTINCT || isRepeated(text)) {
            return Optional.of("repeats a few characters");
        }
        String written = text.toLowerCase(Locale.ROOT);
        String meant = new String(decoded(text), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!meant.isEmpty() && (meant.chars().distinct().count() < DISTINCT || isRepeated(meant))) {
            return Optional.of("repeats a few bytes");
        }
        return SAMPLE_WORDS.stream().anyMatch(word -> written.contains(word) || meant.contains(word))
                ? Optional.of("holds a word of samples, which others try first")
                : Optional.empty();
    }

    /** Whether a shorter text, written several times, is all there is. */
    private static boolean isRepeated(String text) {
        int again = (text + text).indexOf(text, 1);
        return again >= 0 && again < text.length();
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
