package dev.steadymail.testkit.script;

import dev.steadymail.testkit.script.ScriptText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a line of the client must look like, and what of it is remembered. Immutable. */
final class LinePattern {

    /** RFC 3501 section 9: a tag is any ASTRING-CHAR but the plus sign. */
    private static final String TAG = "([!-~&&[^(){%*\"\\\\+]]+)";

    private static final String NUMBER = "(\\d{1,18})";

    private final Pattern pattern;
    private final List<BiConsumer<Remembered, String>> groups;

    private LinePattern(Pattern pattern, List<BiConsumer<Remembered, String>> groups) {
        this.pattern = pattern;
        this.groups = List.copyOf(groups);
    }

    /** Returns whether the line, without its end, is as wanted; only then is anything remembered. */
    boolean matches(String line, Remembered memory) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).accept(memory, matcher.group(i + 1));
        }
        return true;
    }

    /** Puts a pattern together from left to right. Not thread-safe. */
    static final class Builder {
        private final StringBuilder regex = new StringBuilder();
        private final List<BiConsumer<Remembered, String>> groups = new ArrayList<>();

        boolean isEmpty() {
            return regex.isEmpty();
        }

        void add(Token token) {
            switch (token.name()) {
                case "tag" -> group(TAG, Remembered::tag);
                case "n" -> group(NUMBER, Remembered::number);
                case ScriptText.REST -> regex.append(".*");
                default -> regex.append(Pattern.quote(token.argument()));
            }
        }

        /** Adds the announcement of a literal: of this content, or of any if it is null. */
        Builder announcing(@Nullable String content) {
            regex.append("\\{");
            group(content == null ? NUMBER : "(" + content.length() + ")", Remembered::literalSize);
            // RFC 7888: with a plus sign the client does not wait for a continuation.
            group("(\\+?)", Remembered::literalPlus);
            regex.append("\\}");
            return this;
        }

        private void group(String group, BiConsumer<Remembered, String> meaning) {
            regex.append(group);
            groups.add(meaning);
        }

        LinePattern build() {
            return new LinePattern(Pattern.compile(regex.toString(), Pattern.DOTALL), groups);
        }
    }
}
