package dev.steadymail.html;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What becomes of an element, by its name. Whatever is not named here loses its tags and keeps its content. */
final class SafeElements {
    /** Written without an end tag. */
    static final Set<String> VOID = Set.of("area", "br", "col", "hr", "img", "wbr");

    /** Whose content a browser takes for text; shown as such. */
    static final Set<String> VERBATIM = Set.of("listing", "plaintext", "xmp");

    /** Removed with their content, since it is no text for the reader or could run. */
    static final Set<String> REMOVED = words("""
            applet audio base basefont bgsound canvas datalist embed frame frameset head iframe input isindex keygen link math meta
            meter noembed noframes object option optgroup param portal progress script select slot source style svg
            template textarea title track video""");

    static final Set<String> ACTIVE =
            words("applet audio canvas embed frame frameset iframe math object portal script svg video");

    static final Set<String> FORM = words("form input button select textarea keygen isindex datalist");

    static final Set<String> HEADINGS = words("h1 h2 h3 h4 h5 h6");

    /** After which a line ends where only text is left. */
    static final Set<String> LINES = words("""
            address article aside blockquote br center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li
            main nav ol p pre section summary table tr ul""");

    private static final Set<String> KEPT = words("""
            a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del
            details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main map mark nav ol p
            pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul
            var wbr""");

    private static final Map<String, String> RENAMED =
            Map.of("listing", "pre", "plaintext", "pre", "xmp", "pre", "fieldset", "div", "body", "div");

    /** Where a part of a table may stand; anywhere else a browser would drop its tags. */
    private static final Map<String, Set<String>> PARENTS = Map.of(
            "caption", Set.of("table"),
            "colgroup", Set.of("table"),
            "col", Set.of("colgroup"),
            "thead", Set.of("table"),
            "tbody", Set.of("table"),
            "tfoot", Set.of("table"),
            "tr", Set.of("thead", "tbody", "tfoot"),
            "td", Set.of("tr"),
            "th", Set.of("tr"));

    private SafeElements() {}

    /** The name it is written with, or an empty string if only its content is. */
    static String written(String name) {
        return KEPT.contains(name) ? name : RENAMED.getOrDefault(name, "");
    }

    static boolean mayStandIn(String name, String parent) {
        Set<String> parents = PARENTS.get(name);
        return parents == null || parents.contains(parent);
    }

    static Set<String> words(String text) {
        return Set.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }
}
