package dev.steadymail.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.steadymail.html.SanitizedHtml.Finding;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is looked at without end, and twice as much costs twice as much. */
class HtmlLimitsTest {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void chars_beyondTheLimit_areLeftOut() {
        SanitizedHtml sanitized = limited(10, 9, 9).sanitize("<p>12345678</p>");
        assertEquals("<p>1234567</p>", sanitized.html());
        assertTrue(sanitized.isTruncated());
        assertFalse(limited(15, 9, 9).sanitize("<p>12345678</p>").isTruncated());
    }

    @Test
    void chars_ofACutPair_areNotWrittenAsHalf() {
        assertEquals("\ufffd", limited(1, 9, 9).sanitize("\ud83d\ude00").html());
    }

    @Test
    void elements_beyondTheLimit_areLeftOut() {
        SanitizedHtml sanitized = limited(1000, 9, 20).sanitize("<i>x</i>".repeat(100));
        assertTrue(sanitized.html().startsWith("<i>x</i><i>x</i>"), sanitized.html());
        assertTrue(sanitized.html().length() < 200, sanitized.html());
        assertTrue(sanitized.isTruncated());
    }

    @Test
    void depth_beyondTheLimit_losesTagsNotText() {
        SanitizedHtml sanitized = limited(1000, 2, 100).sanitize("<div>a<div>b<div>c<i>d</i></div></div></div>");
        assertEquals("<div>a<div>bcd</div></div>", sanitized.html());
        assertEquals(Set.of(Finding.TOO_DEEP), sanitized.findings());
    }

    @Test
    void styleRepeatedByTheParser_growsToTheLimitOnly() {
        String html = "<p>"
                + IntStream.range(0, 12)
                        .mapToObj(i -> "<b title=" + i + " style='font-family:" + "a".repeat(60) + "'>")
                        .collect(Collectors.joining())
                + "<p>x".repeat(3000);
        SanitizedHtml sanitized = limited(40_000, 200, 10_000_000).sanitize(html);
        assertTrue(sanitized.html().length() < 45_000, sanitized.html().length() + " chars");
        assertTrue(sanitized.isTruncated());
    }

    @Test
    void parserThatFails_leavesText() {
        HtmlSanitizer sanitizer = HtmlSanitizer.create().parsedBy((html, most) -> {
            throw new IllegalStateException("broken");
        });
        SanitizedHtml sanitized = sanitizer.sanitize("<p>a</p>\n<script>");
        assertEquals("&lt;p&gt;a&lt;/p&gt;<br>&lt;script&gt;<br>", sanitized.html());
        assertEquals(Set.of(Finding.TEXT_ONLY), sanitized.findings());
    }

    @Test
    void textThatNeverComesOutTheSame_isLeftAsText() {
        HtmlSanitizer sanitizer =
                HtmlSanitizer.create().parsedBy((html, most) -> HtmlParse.of("<p>more</p>" + html, most));
        SanitizedHtml sanitized = sanitizer.sanitize("<b>text</b>");
        assertEquals("more<br>text<br>", sanitized.html());
        assertEquals(Set.of(Finding.TEXT_ONLY), sanitized.findings());
    }

    @Test
    void parserThatFailsOnTheSecondReading_leavesText() {
        HtmlSanitizer sanitizer = HtmlSanitizer.create().parsedBy((html, most) -> {
            if (html.startsWith("<i>")) {
                throw new IllegalStateException("broken");
            }
            return HtmlParse.of(html, most);
        });
        assertEquals("text<br>", sanitizer.sanitize(" <i>text").html());
    }

    @Test
    void textOnly_keepsLines() {
        assertEquals(
                "a<br>b c<br>&lt;d<br>", PlainText.of(HtmlParse.of("<p>a<p>b\nc<script>x</script><br>&lt;d", 99), 99));
    }

    @Test
    void valuesOutOfBounds_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new HtmlLimits(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HtmlLimits(1, 257, 1));
        assertThrows(IllegalArgumentException.class, () -> new HtmlLimits(1, 1, 10_000_001));
    }

    @ParameterizedTest
    @MethodSource("growing")
    void twiceAsMuch_costsTwiceAsMuch(Family family) {
        HtmlSanitizer sanitizer = limited(1 << 22, 200, 200_000);
        String small = family.text(8_000);
        String large = family.text(16_000);
        double steps = (double) sanitizer.sanitized(large).steps()
                / sanitizer.sanitized(small).steps();
        assertTrue(steps <= 2.2, family + ": " + steps + " times the steps");
        double bytes = (double) allocated(sanitizer, large) / allocated(sanitizer, small);
        assertTrue(bytes <= 2.6, family + ": " + bytes + " times the bytes");
    }

    @Test
    void spacesOfAStyle_areReadOnce() {
        for (String value : List.of(" ", " !", "important ", "! important ", "!important", "a !")) {
            CountedText text = new CountedText(value.replace(" ", " ".repeat(10_000)));
            SafeStyle.importantAt(text);
            assertTrue(text.reads <= text.length() + 10, value + ": " + text.reads + " reads of " + text.length());
        }
    }

    static Stream<Family> growing() {
        return Stream.of(
                new Family("deep", n -> "<div>".repeat(n)),
                new Family("links in paragraphs", n -> "<a href=https://a.example><p>".repeat(n)),
                new Family("bold around paragraphs", n -> "<p>" + numbered("<b id=%d>", 100) + "<p>x".repeat(n)),
                new Family("fonts", n -> "<font size=1><p>".repeat(n / 8)),
                new Family("tables", n -> "<table><tr><td>".repeat(n / 4)),
                new Family("text in tables", n -> "<table>x".repeat(n / 4)),
                new Family("less-than signs", n -> "<".repeat(n)),
                new Family("comments", n -> "<!--".repeat(n)),
                new Family("attributes", n -> "<p " + numbered(" a%d=1", n) + ">"),
                new Family("declarations", n -> "<p style='" + "color:red;".repeat(n) + "'>"),
                new Family("brackets of a style", n -> "<p style='width:" + "url(".repeat(n) + "'>"),
                new Family("comments of a style", n -> "<p style='" + "/*".repeat(n) + "'>"),
                new Family("escapes of a style", n -> "<style>" + "\\75 ".repeat(n) + "</style>"),
                new Family("imports", n -> "<style>" + "@import url(".repeat(n) + "</style>"),
                new Family("candidates", n -> "<img srcset='" + "https://a.example/x 1x,".repeat(n) + "'>"),
                new Family("colons of a URL", n -> "<a href='" + ":".repeat(n) + "'>"),
                new Family(
                        "a style repeated by the parser",
                        n -> "<p><b style='" + "x:y;".repeat(n) + "'>" + "<p>x".repeat(n / 4)),
                new Family(
                        "a style repeated by the parser and not written",
                        n -> "<p><nobr style='" + "color:red;".repeat(n) + "'>" + "<p>x".repeat(n / 4)),
                new Family("closing tags", n -> "</p>".repeat(n)),
                new Family("entities", n -> "&amp".repeat(n)));
    }

    private static String numbered(String piece, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> piece.replace("%d", "" + i))
                .collect(Collectors.joining());
    }

    /** Bytes of the second run: the first one loads classes. */
    private long allocated(HtmlSanitizer sanitizer, String html) {
        sanitizer.sanitize(html);
        long before = threads.getCurrentThreadAllocatedBytes();
        sanitizer.sanitize(html);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static HtmlSanitizer limited(int chars, int depth, int elements) {
        return HtmlSanitizer.builder()
                .limits(new HtmlLimits(chars, depth, elements))
                .build();
    }

    /** Counts how often a character is asked for, also of its pieces. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            reads += end - start;
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    record Family(String name, IntFunction<String> texts) {
        String text(int size) {
            return texts.apply(size);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
