package dev.steadymail.html;

/** Finds what CSS would load, by {@code url()} and {@code @import}, in one pass over its text as a browser understands it. */
final class CssUrls {
    private final String text;
    private final String lower;
    private final Found found;
    private int at;

    private CssUrls(String css, Found found) {
        text = CssText.unescaped(CssText.withoutComments(css));
        lower = CssText.asciiLower(text);
        this.found = found;
    }

    static void find(String css, Found found) {
        new CssUrls(css, found).find();
    }

    private void find() {
        boolean font = false;
        while (at < lower.length()) {
            char c = lower.charAt(at);
            if (c == '@' && lower.startsWith("@font-face", at)) {
                font = true;
            } else if (c == '}') {
                font = false;
            } else if (c == '@' && skipped("@import")) {
                skipped("url(");
                found.url(argument(), BlockedResource.Kind.STYLESHEET);
                continue;
            } else if (c == 'u' && skipped("url(")) {
                found.url(argument(), font ? BlockedResource.Kind.FONT : BlockedResource.Kind.BACKGROUND);
                continue;
            }
            at++;
        }
    }

    /** Whether the word, and the spaces after it, were there. */
    private boolean skipped(String word) {
        if (!lower.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return true;
    }

    /** What stands in quotes, or up to a bracket, a semicolon or a space. */
    private String argument() {
        char c = at < text.length() ? text.charAt(at) : ')';
        boolean quoted = c == '"' || c == '\'';
        String stops = quoted ? c + "\n" : ");\"' \n\t";
        at += quoted ? 1 : 0;
        int start = at;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Is told of each URL. */
    @FunctionalInterface
    interface Found {
        void url(String raw, BlockedResource.Kind kind);
    }
}
