package dev.steadymail.html;

import dev.steadymail.html.BlockedResource.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes that make a browser load something, and what they load. */
final class RemoteNames {
    private static final Map<String, Kind> SOURCES = Map.ofEntries(
            Map.entry("script", Kind.SCRIPT),
            Map.entry("audio", Kind.MEDIA),
            Map.entry("video", Kind.MEDIA),
            Map.entry("track", Kind.MEDIA),
            Map.entry("source", Kind.MEDIA),
            Map.entry("bgsound", Kind.MEDIA),
            Map.entry("iframe", Kind.FRAME),
            Map.entry("frame", Kind.FRAME),
            Map.entry("embed", Kind.FRAME));
    private static final Set<String> DRAWN = Set.of("image", "use", "feimage");

    private RemoteNames() {}

    /** What an attribute loads, or null if nothing. Attribute {@code src} of {@code img} is dealt with elsewhere. */
    static @Nullable Kind kind(String element, String attribute, String relation) {
        return switch (attribute) {
            case "src" -> element.equals("img") ? null : SOURCES.getOrDefault(element, Kind.IMAGE);
            case "lowsrc", "dynsrc", "poster" -> Kind.IMAGE;
            case "background" -> Kind.BACKGROUND;
            case "data", "codebase", "archive" ->
                element.equals("object") || element.equals("applet") ? Kind.FRAME : null;
            case "href", "xlink:href" -> ofReference(element, relation);
            default -> null;
        };
    }

    private static @Nullable Kind ofReference(String element, String relation) {
        if (element.equals("script")) {
            return Kind.SCRIPT;
        }
        if (DRAWN.contains(element)) {
            return Kind.IMAGE;
        }
        if (!element.equals("link")) {
            return null;
        }
        return relation.toLowerCase(Locale.ROOT).contains("icon") ? Kind.IMAGE : Kind.STYLESHEET;
    }
}
