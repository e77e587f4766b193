package dev.steadymail.html;

import java.util.Map;

/** Lengths in CSS pixels, of which 96 make an inch (CSS Values section 6.2). */
final class CssLength {
    /** That mean the same wherever they stand in a page. Without a unit browsers take pixels, where they take it at all. */
    private static final Map<String, Double> FIXED = Map.of(
            "", 1.0, "px", 1.0, "pt", 96 / 72.0, "pc", 16.0, "in", 96.0, "cm", 96 / 2.54, "mm", 96 / 25.4, "rem", 16.0);

    /** For text of 16 px, and small percentages of anything that a message is wide. */
    private static final Map<String, Double> GUESSED = Map.of("em", 16.0, "ex", 8.0, "ch", 8.0, "%", 1.0);

    private CssLength() {}

    /** Exact for a fixed unit but {@code rem}, a guess for others; an unknown unit counts as pixels. */
    static double pixels(double number, String unit) {
        return number * FIXED.getOrDefault(unit, GUESSED.getOrDefault(unit, 1.0));
    }

    /** Whether a unit has nothing to do with the text or the boxes around. */
    static boolean isFixed(String unit) {
        return FIXED.containsKey(unit);
    }
}
