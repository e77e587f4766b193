package dev.steadymail.server.demo;

import java.util.stream.Collectors;

/** Sets a text as HTML: paragraphs, headings after {@code # }, items after {@code * }. */
final class HtmlText {
    private HtmlText() {}

    static String of(String title, String text) {
        String body =
                text.lines().map(HtmlText::line).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
        return "<!doctype html>\n<html><head><title>" + escaped(title) + "</title></head>\n"
                + "<body style=\"font-family: sans-serif; max-width: 36em\">\n" + body + "\n</body></html>";
    }

    private static String line(String line) {
        if (line.startsWith("# ")) {
            return "<h2>" + escaped(line.substring(2)) + "</h2>";
        }
        if (line.startsWith("* ")) {
            return "<p>&bull; " + escaped(line.substring(2)) + "</p>";
        }
        return line.isBlank() ? "" : "<p>" + escaped(line) + "</p>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
