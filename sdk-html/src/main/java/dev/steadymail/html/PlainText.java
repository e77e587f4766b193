package dev.steadymail.html;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** What is written where no elements can be: the text with its lines, which no reader can take for anything else. */
final class PlainText implements NodeVisitor {
    private final StringBuilder lines = new StringBuilder();
    private final int maxChars;
    private int removed;

    private PlainText(int maxChars) {
        this.maxChars = maxChars;
    }

    static String of(HtmlParse parse, int maxChars) {
        PlainText text = new PlainText(maxChars);
        text.traverse(parse.document());
        return of(text.lines.toString());
    }

    static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            HtmlText.text(out, line, 0);
            out.append("<br>");
        });
        return out.toString();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof Element element) {
            removed += removed > 0 || SafeElements.REMOVED.contains(element.normalName()) ? 1 : 0;
            end(element);
        } else if (removed == 0 && node instanceof TextNode text && lines.length() < maxChars) {
            lines.append(text.getWholeText().replace('\n', ' '));
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            removed -= removed > 0 ? 1 : 0;
            end(element);
        }
    }

    private void end(Element element) {
        if (SafeElements.LINES.contains(element.normalName())) {
            lines.append('\n');
        }
    }
}
