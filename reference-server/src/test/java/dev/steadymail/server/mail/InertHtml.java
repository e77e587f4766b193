package dev.steadymail.server.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** What is dangerous in HTML, found by reading it as a browser would; knows nothing of the rules of the sanitizer. */
final class InertHtml {
    private static final Set<String> ACTIVE = Set.of(
            "script",
            "svg",
            "math",
            "form",
            "base",
            "iframe",
            "frame",
            "frameset",
            "object",
            "embed",
            "applet",
            "link",
            "style",
            "input",
            "button",
            "textarea",
            "select",
            "video",
            "audio",
            "source",
            "track",
            "template",
            "noscript",
            "portal",
            "animate",
            "set",
            "foreignobject",
            "isindex",
            "keygen",
            "bgsound",
            "xml",
            "marquee");
    private static final Set<String> FETCHING = Set.of(
            "src",
            "srcset",
            "background",
            "poster",
            "data",
            "lowsrc",
            "dynsrc",
            "code",
            "codebase",
            "archive",
            "classid",
            "cite",
            "longdesc",
            "manifest",
            "icon",
            "ping",
            "action",
            "formaction",
            "srcdoc",
            "xlink:href",
            "imagesrcset");
    private static final Set<String> LINKS = Set.of("http", "https", "mailto", "tel");

    private InertHtml() {}

    /** Returns what is wrong, one text for each find; empty where nothing is. */
    static List<String> faults(String html) {
        List<String> faults = new ArrayList<>();
        for (Element element : Jsoup.parse(html).getAllElements()) {
            String name = element.normalName();
            if (ACTIVE.contains(name) || (name.equals("meta") && element.hasAttr("http-equiv"))) {
                faults.add("element " + name);
            }
            for (Attribute attribute : element.attributes()) {
                check(name, attribute, faults);
            }
        }
        return faults;
    }

    private static void check(String element, Attribute attribute, List<String> faults) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        String value = plain(attribute.getValue());
        if (name.startsWith("on") || name.contains(":")) {
            faults.add("attribute " + name);
        }
        if (FETCHING.contains(name) && !(element.equals("img") && name.equals("src") && isPicture(value))) {
            faults.add(element + " fetches by " + name + " from " + value);
        }
        if (name.equals("href") && !isLink(value)) {
            faults.add(element + " leads to " + value);
        }
        if (name.equals("style")
                && (value.contains("url(")
                        || value.contains("expression")
                        || value.contains("\\")
                        || value.contains("import")
                        || value.contains("image-set")
                        || value.contains("-moz-binding"))) {
            faults.add("style " + value);
        }
    }

    private static boolean isPicture(String value) {
        return value.matches("data:image/(png|jpeg|gif|webp|bmp|avif);base64,[a-z0-9+/=]*");
    }

    private static boolean isLink(String value) {
        int colon = value.indexOf(':');
        return value.startsWith("#") || (colon > 0 && LINKS.contains(value.substring(0, colon)));
    }

    /** As browsers read URLs: white space and controls inside a scheme are none. */
    private static String plain(String value) {
        StringBuilder plain = new StringBuilder();
        value.chars().filter(c -> c > ' ' && c != 0x7F).forEach(c -> plain.append((char) c));
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
