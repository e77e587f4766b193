package dev.steadymail.html;

import java.util.Iterator;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * A document as browsers parse it, up to a number of elements. A few characters can ask for many elements, since {@code <p>} repeats
 * the bold and coloured text around it; so the parser is stopped, not the text cut.
 *
 * @param document what was parsed
 * @param whole whether that is all
 */
record HtmlParse(Document document, boolean whole) {
    /** In standards mode, as pages are: there a table ends a paragraph. A second doctype counts for nothing. */
    private static final String MODE = "<!doctype html>";

    static HtmlParse of(String html, int maxElements) {
        try (StreamParser parser = new StreamParser(Parser.htmlParser()).parse(MODE + html, "")) {
            Iterator<Element> elements = parser.iterator();
            int seen = 0;
            while (seen <= maxElements && elements.hasNext()) {
                elements.next();
                seen++;
            }
            boolean whole = seen <= maxElements;
            if (!whole) {
                parser.stop();
            }
            return new HtmlParse(parser.document(), whole);
        }
    }
}
