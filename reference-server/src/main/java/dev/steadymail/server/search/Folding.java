package dev.steadymail.server.search;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words as they are compared: the database's {@code search_folded} in Java. */
final class Folding {
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");
    private static final Pattern BETWEEN = Pattern.compile("[\\s!-/:-@\\[-`{-~]+");

    private Folding() {}

    /** Returns a text without accents, in lower case, with single spaces for spaces and ASCII punctuation. */
    static String fold(String text) {
        String bare = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        String folded = Normalizer.normalize(bare, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return BETWEEN.matcher(folded).replaceAll(" ").strip();
    }
}
