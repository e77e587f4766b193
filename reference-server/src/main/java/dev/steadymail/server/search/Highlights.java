package dev.steadymail.server.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the words of a search are in an email, as pieces of text, so that nobody has to trust markup.
 *
 * @param subject the subject whole; empty where there is none
 * @param snippet the text around the first hit in the body, where the body is known and has one; else empty
 */
record Highlights(List<Segment> subject, List<Segment> snippet) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]++");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int BEFORE = 60;
    private static final int LENGTH = 220;
    /** Endings of words that a language takes off are seldom longer. */
    private static final int LONGEST_ENDING = 3;

    private static final int SHORTEST_STEM = 3;

    static Highlights of(@Nullable String subject, @Nullable String body, Predicate<String> hit) {
        return new Highlights(subject == null ? List.of() : segments(subject, hit), snippet(body, hit));
    }

    /** Returns what tells whether a word, as it is written, was searched for. */
    static Predicate<String> hits(List<String> texts, Engine engine, boolean stemmed) {
        List<String> words = texts.stream()
                .flatMap(text -> Stream.concat(
                        engine == Engine.FULLTEXT ? Stream.empty() : Stream.of(Folding.fold(text)),
                        Arrays.stream(Folding.fold(text).split(" "))))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        return word -> {
            String folded = Folding.fold(word);
            return words.stream()
                    .anyMatch(wanted -> engine == Engine.FULLTEXT
                            ? folded.equals(wanted) || (stemmed && isAlike(folded, wanted))
                            : folded.contains(wanted));
        };
    }

    private static boolean isAlike(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same >= SHORTEST_STEM && Math.max(one.length(), other.length()) - same <= LONGEST_ENDING;
    }

    private static List<Segment> snippet(@Nullable String body, Predicate<String> hit) {
        if (body == null) {
            return List.of();
        }
        String text = SPACES.matcher(body).replaceAll(" ").strip();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (hit.test(word.group())) {
                return segments(around(text, word.start()), hit);
            }
        }
        return List.of();
    }

    /** Cut at spaces where there are some near, never inside a character. */
    private static String around(String text, int at) {
        int from = at <= BEFORE ? 0 : text.indexOf(' ', at - BEFORE) + 1;
        if (from > at) {
            from = at;
        }
        int to = Math.min(text.length(), from + LENGTH);
        if (to < text.length()) {
            int space = text.lastIndexOf(' ', to);
            to = space > at ? space : Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
        }
        return text.substring(from, to);
    }

    private static List<Segment> segments(String text, Predicate<String> hit) {
        List<Segment> segments = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int done = 0;
        while (word.find()) {
            if (hit.test(word.group())) {
                add(segments, text.substring(done, word.start()), false);
                add(segments, word.group(), true);
                done = word.end();
            }
        }
        add(segments, text.substring(done), false);
        return List.copyOf(segments);
    }

    private static void add(List<Segment> segments, String text, boolean hit) {
        if (!text.isEmpty()) {
            segments.add(new Segment(text, hit));
        }
    }

    @Override
    public String toString() {
        return "Highlights[hidden]";
    }

    /** A piece of text, and whether it was searched for. */
    record Segment(String text, boolean hit) {
        @Override
        public String toString() {
            return "Segment[hidden]";
        }
    }
}
