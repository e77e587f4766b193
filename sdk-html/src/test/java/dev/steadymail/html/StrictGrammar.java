package dev.steadymail.html;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sanitizer may write at most, as a grammar of its own: text, end tags, and start tags of known names with quoted attributes.
 * It knows nothing of how the sanitizer decides.
 */
final class StrictGrammar {
    private static final Set<String> ELEMENTS =
            Set.of(("a abbr acronym address area article aside b bdi bdo big blockquote br caption center"
                            + " cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img"
                            + " ins kbd li main map mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table"
                            + " tbody td tfoot th thead time tr tt u ul var wbr")
                    .split(" "));
    private static final Set<String> ATTRIBUTES =
            Set.of(("align alt aria-hidden bgcolor border cellpadding cellspacing clear color colspan coords"
                            + " data-blocked-src datetime dir face height href hspace id lang name noshade nowrap open referrerpolicy rel reversed"
                            + " role rowspan scope shape size span src start style summary target title type usemap valign value vspace width")
                    .split(" "));
    private static final Pattern PIECE = Pattern.compile(
            "(?<text>[^<>]+)|</(?<end>[a-z0-9]+)>|<(?<start>[a-z0-9]+)(?<attributes>(?: [a-z-]+=\"[^\"<>`]*\")*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z-]+)=\"([^\"]*)\"");
    private static final Pattern HREF = Pattern.compile("https?://[^/\\\\].*|mailto:.*|tel:.*|#mail-.*");
    private static final Pattern SRC =
            Pattern.compile("data:image/(png|gif|jpeg|jpg|webp|bmp|avif|x-icon);base64,[A-Za-z0-9+/=]*");
    private static final Pattern STYLE =
            Pattern.compile("[a-z-]+:[\\p{L}\\p{N}#%.,/+ !()'_-]+(;[a-z-]+:[\\p{L}\\p{N}#%.,/+ !()'_-]+)*");
    private static final Pattern MOVES =
            Pattern.compile("(^|;)(position|transform|inset|top|left|z-index|behavior|-moz-binding):");
    private static final Pattern FAR =
            Pattern.compile("(indent|align|spacing|margin[a-z-]*):-(\\d{3}|[\\d.]+(em|ex|ch|%))");
    private static final Pattern CSS_FUNCTION = Pattern.compile("([\\p{L}\\p{N}_-]*)\\(");

    private StrictGrammar() {}

    /** What is wrong with a text, if anything. The text must come from a sanitizer with its rules as they are at first. */
    static Optional<String> problem(String html) {
        Matcher matcher = PIECE.matcher(html);
        int at = 0;
        while (at < html.length()) {
            matcher.region(at, html.length());
            if (!matcher.lookingAt()) {
                return Optional.of("no piece at " + at + ": " + around(html, at));
            }
            Optional<String> problem = problemOfPiece(matcher);
            if (problem.isPresent()) {
                return problem;
            }
            at = matcher.end();
        }
        return Optional.empty();
    }

    private static Optional<String> problemOfPiece(Matcher piece) {
        String name = piece.group("start") == null ? piece.group("end") : piece.group("start");
        if (name == null) {
            return Optional.empty();
        }
        if (!ELEMENTS.contains(name)) {
            return Optional.of("element " + name);
        }
        return piece.group("attributes") == null ? Optional.empty() : problemOfAttributes(piece.group("attributes"));
    }

    private static Optional<String> problemOfAttributes(String attributes) {
        Matcher matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!ATTRIBUTES.contains(name) || !isAllowed(name, matcher.group(2))) {
                return Optional.of("attribute " + matcher.group());
            }
        }
        return Optional.empty();
    }

    private static boolean isAllowed(String name, String value) {
        return switch (name) {
            case "href" -> HREF.matcher(value).matches();
            case "src" -> SRC.matcher(value).matches();
            case "data-blocked-src" -> value.matches("https?://[^/].*");
            case "id", "name" -> value.startsWith("mail-");
            case "usemap" -> value.startsWith("#mail-");
            case "target" -> value.equals("_blank");
            case "rel" -> value.equals("noopener noreferrer nofollow");
            case "style" -> STYLE.matcher(value).matches() && isHarmless(value);
            default -> true;
        };
    }

    private static boolean isHarmless(String style) {
        boolean known = CSS_FUNCTION
                .matcher(style)
                .results()
                .allMatch(each -> each.group(1).matches("(rgb|hsl)a?"));
        return known && !MOVES.matcher(style).find() && !FAR.matcher(style).find();
    }

    private static String around(String html, int at) {
        return html.substring(Math.max(0, at - 20), Math.min(html.length(), at + 40));
    }
}
