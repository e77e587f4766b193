package dev.steadymail.html;

import dev.steadymail.html.BlockedResource.Kind;
import dev.steadymail.html.SanitizedHtml.Finding;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** One walk over a parsed message that writes what is allowed and notes the rest. Its stacks are its own, so depth costs no stack. */
final class Sanitizing implements NodeVisitor {
    /** Between the URLs of {@code srcset}. */
    private static final Pattern SPACE = Pattern.compile("[,\\s]+");

    private final HtmlLimits limits;
    private final String idPrefix;
    private final Urls urls;
    private final StringBuilder out = new StringBuilder();
    private final Set<BlockedResource> blocked = new LinkedHashSet<>();
    private final Set<Finding> findings = EnumSet.noneOf(Finding.class);
    /** Names of the elements around, as written; empty for those that were not. */
    private final Deque<String> around = new ArrayDeque<>();
    /** Those of them that were written. */
    private final Deque<String> written = new ArrayDeque<>();
    /** Styles by what they were: a repeated element repeats them without the text having them twice. */
    private final Map<String, Styled> styles = new HashMap<>();

    private final Set<Use> seen = new HashSet<>();

    private int elements;
    /** How deep inside something removed; 0 outside. */
    private int removed;

    /** How deep inside something that hides its content; 0 outside. */
    private int hidden;

    private boolean full;
    private int pre = -1;
    private long steps;

    Sanitizing(HtmlLimits limits, String idPrefix, Urls urls) {
        this.limits = limits;
        this.idPrefix = idPrefix;
        this.urls = urls;
    }

    String run(HtmlParse parse) {
        if (!parse.whole()) {
            findings.add(Finding.TRUNCATED);
        }
        traverse(parse.document());
        return out.toString();
    }

    Collection<BlockedResource> blocked() {
        return blocked;
    }

    Set<Finding> findings() {
        return findings;
    }

    /** Nodes, attributes and characters that were looked at: what a run costs. */
    long steps() {
        return steps;
    }

    @Override
    public void head(Node node, int depth) {
        steps++;
        if (node instanceof Element element) {
            begin(element);
        } else if (removed == 0 && node instanceof TextNode text) {
            text(text.getWholeText());
        } else if (removed == 0 && node instanceof DataNode data && isVerbatim(data)) {
            text(data.getWholeData());
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element)) {
            return;
        }
        if (removed > 0) {
            removed--;
            return;
        }
        hidden -= hidden > 0 ? 1 : 0;
        String name = around.pop();
        if (!name.isEmpty() && !SafeElements.VOID.contains(name)) {
            written.pop();
            out.append("</").append(name).append('>');
        }
    }

    private void begin(Element element) {
        String name = element.normalName();
        full |= ++elements > limits.maxElements() || isFull();
        note(element, name);
        if (removed > 0 || full || isRemoved(element, name)) {
            removed++;
            return;
        }
        String kept = keptName(element, name);
        around.push(kept);
        hidden += hidden > 0 || Pixels.hides(element, styled(element).looks()) ? 1 : 0;
        if (!kept.isEmpty()) {
            open(element, kept);
        }
    }

    private static boolean isRemoved(Element element, String name) {
        return SafeElements.REMOVED.contains(name) || !element.tag().namespace().equals(Parser.NamespaceHtml);
    }

    /** The name to write an element with; empty where only its content is written. */
    private String keptName(Element element, String name) {
        String kept = SafeElements.written(name);
        if (kept.isEmpty()) {
            return "";
        }
        if (written.size() >= limits.maxDepth()) {
            findings.add(Finding.TOO_DEEP);
            return "";
        }
        boolean misplaced = !SafeElements.mayStandIn(kept, written.isEmpty() ? "" : written.peek())
                || (kept.equals("a") && written.contains("a"))
                || (name.equals("body") && style(element).isEmpty() && !element.hasAttr("dir"));
        return misplaced ? "" : kept;
    }

    private void open(Element element, String name) {
        int before = out.length();
        out.append('<').append(name);
        if (name.equals("img")) {
            if (!image(element)) {
                out.setLength(before);
                return;
            }
        } else {
            attributes(element, name);
        }
        out.append('>');
        pre = name.equals("pre") ? out.length() : pre;
        if (!SafeElements.VOID.contains(name)) {
            written.push(name);
        }
    }

    private void attributes(Element element, String name) {
        for (Attribute attribute : element.attributes()) {
            if (!attribute.getKey().equals("style")) {
                attribute(name, attribute.getKey(), attribute.getValue());
            }
        }
        String style = style(element);
        if (!style.isEmpty()) {
            HtmlText.attribute(out, "style", style);
        }
        if (name.equals("a") || name.equals("area")) {
            link(element.attr("href"));
        }
    }

    private void attribute(String element, String name, String value) {
        steps += value.length();
        if (name.equals("id") || (name.equals("name") && (element.equals("a") || element.equals("map")))) {
            String id = id(value);
            if (id != null) {
                HtmlText.attribute(out, name, id);
            }
            return;
        }
        String safe = SafeAttributes.written(element, name, value);
        if (safe != null) {
            HtmlText.attribute(out, name, safe);
        }
    }

    private void link(String raw) {
        if (raw.isEmpty()) {
            return;
        }
        String fragment = raw.startsWith("#") ? id(raw.substring(1)) : null;
        if (fragment != null) {
            HtmlText.attribute(out, "href", "#" + fragment);
            return;
        }
        String url = urls.link(raw);
        if (url == null) {
            findings.add(Finding.REFUSED_URL);
            return;
        }
        HtmlText.attribute(out, "href", url);
        HtmlText.attribute(out, "target", "_blank");
        HtmlText.attribute(out, "rel", "noopener noreferrer nofollow");
    }

    /** Whether anything of an image is left to write. */
    private boolean image(Element element) {
        String raw = element.attr("src").isEmpty() ? element.attr("data-blocked-src") : element.attr("src");
        String remote = SafeUrl.remote(raw);
        boolean pixel = remote != null
                && (hidden > 0 || Pixels.isPixel(element, styled(element).looks()));
        String url = pixel ? null : urls.image(raw);
        if (remote != null && url == null) {
            blocked.add(new BlockedResource(remote, Kind.IMAGE, pixel));
        } else if (url == null && !raw.isEmpty()) {
            findings.add(Finding.REFUSED_URL);
        }
        boolean kept = url != null
                || (remote != null && !pixel)
                || !element.attr("alt").isBlank();
        if (kept && !pixel) {
            source(element, url, remote);
        }
        return kept && !pixel;
    }

    private void source(Element element, @Nullable String url, @Nullable String remote) {
        if (url != null) {
            HtmlText.attribute(out, "src", url);
            HtmlText.attribute(out, "referrerpolicy", "no-referrer");
        } else if (remote != null) {
            HtmlText.attribute(out, "data-blocked-src", remote);
        }
        String map = element.attr("usemap");
        String id = map.startsWith("#") ? id(map.substring(1)) : null;
        if (id != null) {
            HtmlText.attribute(out, "usemap", "#" + id);
        }
        attributes(element, "img");
    }

    private void text(String text) {
        steps += text.length();
        if (isFull()) {
            return;
        }
        int from = 0;
        // A browser drops spaces before a body, and one line feed after a start tag of pre.
        String dropped = out.isEmpty() ? " \t\n\f\r" : out.length() == pre ? "\n\r" : "";
        while (from < text.length() && dropped.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        HtmlText.text(out, text, from);
    }

    private boolean isFull() {
        if (full || out.length() >= limits.maxChars()) {
            full = true;
            findings.add(Finding.TRUNCATED);
        }
        return full;
    }

    private String style(Element element) {
        return styled(element).text();
    }

    private Styled styled(Element element) {
        String style = element.attr("style");
        String colours = element.normalName().equals("body") ? bodyColours(element) : "";
        // The string itself, since it remembers its hash: a repeated style is not read again.
        String all = colours.isEmpty() ? style : colours + style;
        return all.isEmpty() ? Styled.NONE : styles.computeIfAbsent(all, this::styled);
    }

    private Styled styled(String style) {
        steps += style.length();
        String text = SafeStyle.written(style);
        return new Styled(text, Looks.of(text));
    }

    private static String bodyColours(Element body) {
        String background = body.attr("bgcolor").strip();
        String text = body.attr("text").strip();
        return (SafeAttributes.isColour(background) ? "background-color:" + background + ";" : "")
                + (SafeAttributes.isColour(text) ? "color:" + text + ";" : "");
    }

    /** With the prefix, so that no name of a message hides one of the page's scripts; null where it is no name. */
    private @Nullable String id(String value) {
        return Ids.prefixed(idPrefix, value);
    }

    private static boolean isVerbatim(DataNode data) {
        Element parent = data.parent();
        return parent != null && SafeElements.VERBATIM.contains(parent.normalName());
    }

    private void note(Element element, String name) {
        if (SafeElements.ACTIVE.contains(name)) {
            findings.add(Finding.ACTIVE_CONTENT);
        } else if (SafeElements.FORM.contains(name)) {
            findings.add(Finding.FORM);
        } else if (name.equals("style")) {
            findings.add(Finding.STYLE_SHEET);
            steps += element.data().length();
            CssUrls.find(element.data(), this::block);
        }
        for (Attribute attribute : element.attributes()) {
            note(element, name, attribute.getKey(), attribute.getValue());
        }
    }

    private void note(Element element, String name, String attribute, String value) {
        steps++;
        if (attribute.startsWith("on")) {
            findings.add(Finding.ACTIVE_CONTENT);
        }
        String relation = name.equals("link") ? element.attr("rel") : "";
        Kind kind = RemoteNames.kind(name, attribute, relation);
        if (kind != null && seen.add(new Use(value, attribute, kind))) {
            block(value, kind);
        } else if (attribute.equals("srcset") && seen.add(new Use(value, attribute, Kind.IMAGE))) {
            SPACE.splitAsStream(value).forEach(each -> block(each, Kind.IMAGE));
        } else if (attribute.equals("style") && seen.add(new Use(value, attribute, Kind.BACKGROUND))) {
            steps += value.length();
            CssUrls.find(value, this::block);
        }
    }

    private void block(String raw, Kind kind) {
        steps += raw.length();
        String remote = SafeUrl.remote(raw);
        if (remote != null) {
            blocked.add(new BlockedResource(remote, kind, false));
        }
    }

    /** A style as written, and what it does to the sight of its element. */
    private record Styled(String text, Looks looks) {
        static final Styled NONE = new Styled("", Looks.UNSAID);
    }

    /** A value that was looked through. Repeated elements repeat it, at no cost of their own. */
    private record Use(String value, String attribute, Kind kind) {}
}
