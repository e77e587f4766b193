package dev.steadymail.html;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a style or an attribute says about whether anything is seen. Of several values the one that shows least counts, whichever a
 * browser would choose.
 *
 * @param width pixels; infinite where nothing is said
 * @param height likewise
 * @param hidden whether the style hides all that is inside
 * @param clips whether the style cuts off what is larger than its box
 */
record Looks(double width, double height, boolean hidden, boolean clips) {
    static final Looks UNSAID = new Looks(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, false, false);

    private static final Pattern SIZE = Pattern.compile("\\s*+\\+?+(\\d*+\\.?+\\d*+)\\s*+([a-z%]*+)");
    private static final Set<String> HIDING = Set.of("display:none", "visibility:hidden", "visibility:collapse");
    /** Most pixels of an image that is not there to be seen. */
    private static final double TINY = 2;
    /** Less than what a screen shows. */
    private static final double NOTHING = 0.5;
    /** Opacity that nobody tells from 0. */
    private static final double FAINT = 0.02;

    /** Looks by a style as {@link SafeStyle} writes it. */
    static Looks of(String style) {
        Looks looks = UNSAID;
        for (String declaration : style.split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                String value = declaration.substring(colon + 1).replace(" !important", "");
                looks = looks.and(declaration.substring(0, colon), value);
            }
        }
        return looks;
    }

    Looks and(String name, String value) {
        return switch (name) {
            case "width", "max-width" -> new Looks(Math.min(width, size(value)), height, hidden, clips);
            case "height", "max-height" -> new Looks(width, Math.min(height, size(value)), hidden, clips);
            case "opacity" -> new Looks(width, height, hidden || isFaint(value), clips);
            case "overflow" -> new Looks(width, height, hidden, clips || !value.equals("visible"));
            default -> new Looks(width, height, hidden || HIDING.contains(name + ":" + value), clips);
        };
    }

    /** Whether a box of this size shows nothing that one could recognise. */
    boolean isTiny() {
        return Math.max(width, height) <= TINY || Math.min(width, height) < NOTHING;
    }

    private static boolean isFaint(String opacity) {
        return size(opacity) < (opacity.endsWith("%") ? FAINT * 100 : FAINT);
    }

    /** Read as browsers read sizes in attributes: up to where it stops being one (HTML section 2.3.4.4). */
    private static double size(String value) {
        Matcher matcher = SIZE.matcher(CssText.asciiLower(value));
        boolean number = matcher.lookingAt() && matcher.group(1).chars().anyMatch(Character::isDigit);
        return number
                ? CssLength.pixels(Double.parseDouble(matcher.group(1)), matcher.group(2))
                : Double.POSITIVE_INFINITY;
    }
}
