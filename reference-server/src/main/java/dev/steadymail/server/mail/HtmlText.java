package dev.steadymail.server.mail;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** What a person would read in HTML, as plain text. Nothing of it is markup any more, and nothing is fetched. */
final class HtmlText implements NodeVisitor {
    private static final Set<String> UNSEEN = Set.of("head", "script", "style", "template", "noscript", "title");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> LINES = Set.of("br", "tr", "li", "div", "section", "hr");

    private final StringBuilder text = new StringBuilder();
    private int unseen;

    private HtmlText() {}

    static String of(String html) {
        HtmlText visitor = new HtmlText();
        Jsoup.parse(html).traverse(visitor);
        return visitor.text.toString().strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof Element element && UNSEEN.contains(element.normalName())) {
            unseen++;
        } else if (node instanceof TextNode words && unseen == 0) {
            append(words.text());
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        String name = element.normalName();
        if (UNSEEN.contains(name)) {
            unseen--;
        } else if (CELLS.contains(name)) {
            append(" ");
        } else if (LINES.contains(name)) {
            endLine(1);
        } else if (element.isBlock()) {
            endLine(2);
        }
    }

    private void append(String words) {
        boolean lineBegins = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
        text.append(lineBegins ? words.stripLeading() : words);
    }

    /** Ends the line, and leaves at most one line empty. */
    private void endLine(int newlines) {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        int there = 0;
        while (there < text.length() && text.charAt(text.length() - 1 - there) == '\n') {
            there++;
        }
        text.append("\n".repeat(Math.max(0, newlines - there)));
    }
}
