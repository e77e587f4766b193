package dev.steadymail.html;

/**
 * How much of a message is looked at. What is beyond is left out, and {@link SanitizedHtml#findings()} says so.
 *
 * @param maxChars characters (UTF-16 units) that are read, and after which nothing new is begun in what is written, though the text at
 *     hand may become six times as long by its escapes; 1 to 2^26
 * @param maxDepth elements inside each other, 1 to {@value #DEEPEST}; deeper ones lose their tags, not their text
 * @param maxElements elements that are read, 1 to 10,000,000
 */
public record HtmlLimits(int maxChars, int maxDepth, int maxElements) {
    /** Browsers nest 512 elements at most; twice this leaves room for what surrounds a message. */
    static final int DEEPEST = 256;

    /** One Mi characters, 200 levels, 50,000 elements: about ten times what newsletters need. */
    public static final HtmlLimits DEFAULT = new HtmlLimits(1 << 20, 200, 50_000);

    public HtmlLimits {
        check("maxChars", maxChars, 1 << 26);
        check("maxDepth", maxDepth, DEEPEST);
        check("maxElements", maxElements, 10_000_000);
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be between 1 and " + most + ", was " + value);
        }
    }
}
