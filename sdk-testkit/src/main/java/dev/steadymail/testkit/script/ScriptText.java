package dev.steadymail.testkit.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the text of a script's line at its markers. Text is kept as octets, one a character, so that what is compared and sent is exact.
 */
final class ScriptText {

    static final String TEXT = "";
    static final String REST = "...";

    private static final Pattern MARKER = Pattern.compile("<([a-z]+)(?: ([^<>]*))?>|\\.\\.\\.");
    private static final Set<String> WITH_ARGUMENT = Set.of("octets", "literal", "wait", "repeat");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|x.{0,2})");

    private ScriptText() {}

    /** Text, or a marker with what stands behind its name; that is empty if there is nothing. */
    record Token(String name, String argument) {

        /** Returns the argument as a number, from 0 up. */
        long count() {
            if (!argument.matches("\\d{1,18}")) {
                throw new IllegalArgumentException("<" + name + "> needs a number, had '" + argument + "'");
            }
            return Long.parseLong(argument);
        }
    }

    /** Cuts at markers of the given names; all others are text. */
    static List<Token> cut(String line, Set<String> names) {
        List<Token> tokens = new ArrayList<>();
        Matcher marker = MARKER.matcher(line);
        int from = 0;
        while (marker.find()) {
            String name = marker.group(1) == null ? REST : marker.group(1);
            String argument = marker.group(2);
            if (names.contains(name) && (argument == null || WITH_ARGUMENT.contains(name))) {
                addText(tokens, line.substring(from, marker.start()));
                tokens.add(new Token(name, argument == null ? "" : argument));
                from = marker.end();
            }
        }
        addText(tokens, line.substring(from));
        return tokens;
    }

    private static void addText(List<Token> tokens, String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(TEXT, octets(text)));
        }
    }

    /** Returns the text in UTF-8, one octet a character, with the escapes replaced by what they stand for. */
    static String octets(String text) {
        String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return ESCAPE.matcher(utf8).replaceAll(escape -> Matcher.quoteReplacement(octet(escape.group(1))));
    }

    private static String octet(String escape) {
        if (escape.equals("r")) {
            return "\r";
        }
        if (escape.equals("n")) {
            return "\n";
        }
        if (!escape.matches("x[0-9a-fA-F]{2}")) {
            throw new IllegalArgumentException("\\x needs two hexadecimal digits; a backslash itself is \\x5c");
        }
        return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    }
}
