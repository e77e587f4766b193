package dev.steadymail.html;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Images that are there to be asked for, not to be seen. */
final class Pixels {
    private static final Pattern TINY = Pattern.compile("\\s*[01](\\.\\d+)?(px)?\\s*");
    private static final Pattern TINY_WIDTH = Pattern.compile("(^|;)(max-)?width:[01](px)?( !important)?(;|$)");
    private static final Pattern TINY_HEIGHT = Pattern.compile("(^|;)(max-)?height:[01](px)?( !important)?(;|$)");

    private Pixels() {}

    /** Whether an image is one pixel at most each way, or hidden. */
    static boolean isPixel(Element image, String style) {
        boolean tiny = (isTiny(image.attr("width")) || TINY_WIDTH.matcher(style).find())
                && (isTiny(image.attr("height")) || TINY_HEIGHT.matcher(style).find());
        return tiny || style.contains("display:none") || style.contains("visibility:hidden");
    }

    private static boolean isTiny(String length) {
        return length.length() < 20 && TINY.matcher(length).matches();
    }
}
