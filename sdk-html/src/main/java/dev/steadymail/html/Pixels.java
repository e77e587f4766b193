package dev.steadymail.html;

import org.jsoup.nodes.Element;

/** Images that are there to be asked for, not to be seen. */
final class Pixels {
    private Pixels() {}

    /** Whether an image is two pixels at most each way, nothing one way, or hidden. */
    static boolean isPixel(Element image, Looks style) {
        Looks looks = style.and("width", image.attr("width")).and("height", image.attr("height"));
        return looks.isTiny() || hides(image, style);
    }

    /** Whether nothing inside an element is seen. What is hidden by {@code hidden} would be shown here, but its sender did not mean it to be. */
    static boolean hides(Element element, Looks style) {
        return style.hidden() || (style.clips() && style.isTiny()) || element.hasAttr("hidden");
    }
}
