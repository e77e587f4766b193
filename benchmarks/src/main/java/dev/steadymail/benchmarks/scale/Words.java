package dev.steadymail.benchmarks.scale;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The words of a command, in order: atoms, quoted strings without their quotes, and lists as one word with their parentheses. */
final class Words {
    private final Deque<String> left;

    private Words(List<String> words) {
        left = new ArrayDeque<>(words);
    }

    static Words of(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end =
                    switch (text.charAt(at)) {
                        case ' ' -> at;
                        case '"' -> quoteEnd(text, at);
                        case '(' -> listEnd(text, at);
                        default -> atomEnd(text, at);
                    };
            if (text.charAt(at) == '"') {
                words.add(text.substring(at + 1, Math.max(at + 1, end - 1)).replaceAll("\\\\(.)", "$1"));
            } else if (end > at) {
                words.add(text.substring(at, end));
            }
            at = Math.max(end, at + 1);
        }
        return new Words(words);
    }

    /** What is between the parentheses of a list, or the text itself where it is none. */
    static Words inside(String list) {
        return of(list.startsWith("(") && list.endsWith(")") ? list.substring(1, list.length() - 1) : list);
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** Returns the next word and moves on; the empty string where there is none. */
    String next() {
        String word = left.poll();
        return word == null ? "" : word;
    }

    /** As {@link #next}, in upper case. */
    String nextName() {
        return next().toUpperCase(Locale.ROOT);
    }

    private static int atomEnd(String text, int from) {
        int end = text.indexOf(' ', from);
        return end < 0 ? text.length() : end;
    }

    private static int quoteEnd(String text, int from) {
        for (int at = from + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                return at + 1;
            }
        }
        return text.length();
    }

    private static int listEnd(String text, int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> at = quoteEnd(text, at) - 1;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {
                    continue;
                }
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        return text.length();
    }
}
