package dev.steadymail.benchmarks.html;

import dev.steadymail.html.HtmlSanitizer;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** Who is asked, each with rules for mail as its documentation suggests: text, tables, links, images and inline styles. */
final class Contestants {
    private static final String[] LOOKS = {
        "align",
        "valign",
        "width",
        "height",
        "border",
        "cellpadding",
        "cellspacing",
        "bgcolor",
        "dir",
        "lang",
        "color",
        "face",
        "size"
    };

    private Contestants() {}

    /** The sanitizer of that name; {@code none} leaves everything as it is and shows that a check can fail. */
    static UnaryOperator<String> named(String name) {
        return switch (name) {
            case "steadymail" -> steadymail();
            case "owasp" -> owasp();
            case "jsoup" -> jsoup();
            case "none" -> UnaryOperator.identity();
            default -> throw new IllegalArgumentException("no sanitizer is named " + name);
        };
    }

    private static UnaryOperator<String> steadymail() {
        HtmlSanitizer sanitizer = HtmlSanitizer.create();
        return html -> sanitizer.sanitize(html).html();
    }

    private static UnaryOperator<String> owasp() {
        PolicyFactory looks = new HtmlPolicyBuilder()
                .allowElements("font", "center", "hr", "pre", "big", "address", "caption", "dl", "dt", "dd")
                .allowUrlProtocols("http", "https", "mailto", "tel")
                .allowAttributes("href")
                .onElements("a")
                .allowAttributes("colspan", "rowspan")
                .onElements("td", "th")
                .allowAttributes("color", "face", "size")
                .onElements("font")
                .allowAttributes(
                        "align",
                        "valign",
                        "width",
                        "height",
                        "border",
                        "cellpadding",
                        "cellspacing",
                        "bgcolor",
                        "dir",
                        "lang",
                        "title")
                .globally()
                .toFactory();
        PolicyFactory policy = Sanitizers.FORMATTING
                .and(Sanitizers.BLOCKS)
                .and(Sanitizers.LINKS)
                .and(Sanitizers.TABLES)
                .and(Sanitizers.STYLES)
                .and(Sanitizers.IMAGES)
                .and(looks);
        return policy::sanitize;
    }

    private static UnaryOperator<String> jsoup() {
        Safelist rules = Safelist.relaxed()
                .addTags("font", "center", "hr", "big", "address")
                .addAttributes(":all", LOOKS)
                .addAttributes(":all", "style", "title")
                .addAttributes("td", "colspan", "rowspan")
                .addProtocols("a", "href", "tel");
        Document.OutputSettings asItIs = new Document.OutputSettings().prettyPrint(false);
        return html -> Jsoup.clean(html, "", rules, asItIs);
    }
}
