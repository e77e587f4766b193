package dev.steadymail.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server says to people (RFC 3501 section 7.1), as errors and logs may show it. It may repeat what the client sent, a mailbox's
 * name, a search word or an address, so only words are shown that servers are known to say, waits, and addresses of help pages; the rest
 * becomes an ellipsis.
 */
final class ShownText {
    private static final int LONGEST = 200;
    private static final String HIDDEN = "\u2026";
    private static final Set<String> WORDS = words();
    /** What makes a letter or sign beside a word a part of it: then it is another word than the one in the list. */
    private static final String PART = "\\p{L}\\p{M}\\p{N}@+_%/";

    /** A number tells how long to wait only between such a word and a unit of time. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<help>https://support\\.google\\.com/[a-z/]{1,40}\\d{1,12})"
                    + "|(?<wait>(?<=\\b(?:after|for|in|within) )\\d{1,6}(?= ?(?:ms|seconds?|secs?|minutes?|mins?|hours?)\\b))"
                    + "|(?<word>(?<![" + PART + ".-])[A-Za-z][A-Za-z0-9']*(?:-[A-Za-z]+)*(?![" + PART + "=-]|\\.["
                    + PART + "]))"
                    + "|(?<mark>[\\s.,:;()!?-]+)"
                    + "|(?<other>[^\\s.,:;()!?-]+|.)",
            Pattern.DOTALL);

    private ShownText() {}

    private static Set<String> words() {
        try (InputStream list = Objects.requireNonNull(ShownText.class.getResourceAsStream("shown-words.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns what may be shown of a text, at most 200 characters on one line. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        Matcher token = TOKEN.matcher(text.substring(0, Math.min(text.length(), 2 * LONGEST)));
        while (token.find() && shown.length() < LONGEST) {
            String found = token.group();
            if (token.group("mark") != null) {
                shown.append(found.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", ""));
            } else if (token.group("help") != null || token.group("wait") != null || isKnown(token.group("word"))) {
                shown.append(found);
            } else if (!shown.toString().endsWith(HIDDEN)) {
                shown.append(HIDDEN);
            }
        }
        String line = shown.toString()
                .replaceAll("(?:" + HIDDEN + "[\\s.,:;()!?-]*)+" + HIDDEN, HIDDEN)
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    private static boolean isKnown(@Nullable String word) {
        if (word == null) {
            return false;
        }
        for (String part : word.toLowerCase(Locale.ROOT)
                .replace("n't", "")
                .replace("'s", "")
                .split("-")) {
            if (!WORDS.contains(part)) {
                return false;
            }
        }
        return true;
    }
}
