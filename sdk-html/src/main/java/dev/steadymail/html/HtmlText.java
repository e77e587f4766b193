package dev.steadymail.html;

/** Writes text and attributes so that every reader takes them for just that, in the form that browsers write themselves. */
final class HtmlText {
    private HtmlText() {}

    static void text(StringBuilder out, String text, int from) {
        escape(out, text, from, false);
    }

    static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(out, value, 0, true);
        out.append('"');
    }

    private static void escape(StringBuilder out, String text, int from, boolean attribute) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\u00a0' -> out.append("&nbsp;");
                case '\r' -> carriageReturn(out, text, i);
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                // Old browsers took it for a quote.
                case '`' -> out.append(attribute ? "&#96;" : "`");
                default -> plain(out, text, i);
            }
        }
    }

    /** Readers make line feeds of them. */
    private static void carriageReturn(StringBuilder out, String text, int i) {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
            out.append('\n');
        }
    }

    private static void plain(StringBuilder out, String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            boolean pair = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            out.append(pair ? c : '\ufffd');
        } else if (Character.isLowSurrogate(c)) {
            boolean pair = i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            out.append(pair ? c : '\ufffd');
        } else if (isWritten(c)) {
            out.append(c);
        }
    }

    /** Controls and non-characters are taken differently by different readers. */
    static boolean isWritten(char c) {
        if (c == '\t' || c == '\n') {
            return true;
        }
        return !Character.isISOControl(c) && c != '\ufeff' && c < '\ufffe' && (c < '\ufdd0' || c > '\ufdef');
    }
}
