package dev.steadymail.benchmarks.html;

import com.sun.management.ThreadMXBean;
import dev.steadymail.html.HtmlLimits;
import dev.steadymail.html.HtmlSanitizer;
import dev.steadymail.html.SanitizedHtml;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what texts cost that are as long as the limits allow and made of what parsers find hardest: milliseconds and MiB allocated. */
public final class WorstTexts {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 3;
    /** Each begins once and goes on with the same piece. */
    private static final Map<String, String> BEGINNINGS = Map.of(
            "bold repeated in paragraphs", "<p>" + bold(12, "color:red;"),
            "large styles repeated in paragraphs", "<p>" + bold(12, "color:red;".repeat(3000)),
            "attributes", "<p ",
            "declarations", "<p style='",
            "brackets of a style", "<p style='width:",
            "imports of a sheet", "<style>",
            "escapes of a sheet", "<style>",
            "candidates of an image", "<img srcset='");

    private WorstTexts() {}

    public static void main(String[] args) {
        HtmlSanitizer sanitizer = HtmlSanitizer.create();
        for (int round = 0; round < WARM_UP; round++) {
            pieces().forEach((name, piece) -> sanitizer.sanitize(text(name, piece)));
        }
        pieces().forEach((name, piece) -> print(name, text(name, piece), sanitizer));
    }

    private static void print(String name, String text, HtmlSanitizer sanitizer) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = System.nanoTime();
        SanitizedHtml sanitized = sanitizer.sanitize(text);
        nanos = System.nanoTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        System.out.printf("%-36s %6d ms %5d MiB  %s%n", name, nanos / 1_000_000, bytes >> 20, sanitized);
    }

    private static String text(String name, String piece) {
        int size = HtmlLimits.DEFAULT.maxChars();
        String text = BEGINNINGS.getOrDefault(name, "") + piece.repeat(size / piece.length() + 1);
        // A quote or a sheet that stays open would hide the rest.
        String end = text.startsWith("<style>") ? "</style>" : BEGINNINGS.containsKey(name) ? "'>" : "";
        return text.substring(0, size - end.length()) + end;
    }

    private static Map<String, String> pieces() {
        Map<String, String> pieces = new LinkedHashMap<>();
        pieces.put("text", "lorem ipsum ");
        pieces.put("less-than signs", "<");
        pieces.put("entities", "&amp");
        pieces.put("comments", "<!--");
        pieces.put("closing tags", "</p>");
        pieces.put("nested blocks", "<div>");
        pieces.put("nested bold", "<b>");
        pieces.put("links in paragraphs", "<a href=https://a.example><p>");
        pieces.put("fonts in paragraphs", "<font size=1><p>");
        pieces.put("misnested bold", "<b><div></b>");
        pieces.put("headings", "<h1><b>");
        pieces.put("lists", "<li><span>");
        pieces.put("nested tables", "<table><tr><td>");
        pieces.put("text beside cells", "<table>x");
        pieces.put("bold beside cells", "<table><b>x");
        pieces.put("forms", "<form><p>");
        pieces.put("selects", "<select><option>");
        pieces.put("drawings", "<svg><p>");
        pieces.put("templates", "<template>");
        pieces.put("bold repeated in paragraphs", "<p>x");
        pieces.put("large styles repeated in paragraphs", "<p>x");
        pieces.put("attributes", "a ");
        pieces.put("declarations", "color:red;");
        pieces.put("brackets of a style", "url(");
        pieces.put("imports of a sheet", "@import url(");
        pieces.put("escapes of a sheet", "\\75 ");
        pieces.put("candidates of an image", "https://a.example/x 1x,");
        return pieces;
    }

    private static String bold(int count, String style) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < count; i++) {
            html.append("<b title=").append(i).append(" style='").append(style).append("'>");
        }
        return html.toString();
    }
}
