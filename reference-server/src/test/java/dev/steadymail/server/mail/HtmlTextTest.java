package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlTextTest {
    private static final int SIZE = 256 << 10;
    private static final String TWELVE_BOLD =
            "<b id=a><b id=b><b id=c><b id=d><b id=e><b id=f>" + "<b id=g><b id=h><b id=i><b id=j><b id=k><b id=l>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>One</p><p>Two</p>|One\\n\\nTwo",
                "One<br>Two|One\\nTwo",
                "<ul><li>a</li><li>b</li></ul>|a\\nb",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>|a b\\nc",
                "<style>p{}</style><title>t</title><p>seen</p>|seen",
                "<script>alert(1)</script>safe|safe",
                "&lt;b&gt; &amp; &eacute;|<b> & é",
                "<div><div><div>deep</div></div></div>|deep",
                "<html><head><meta charset=x><link href=y></head><body>seen</body></html>|seen",
                "a<br><br/><BR>b|a\\n\\nb",
                "before<div>a</div>after|before\\na\\nafter",
                "  many \u00a0 &nbsp;\t spaces <b> here</b>|many spaces here",
                "soft\u00adhyphen&shy;ated|softhyphenated",
            })
    void of_readsWhatAPersonWouldSee(String html, String text) {
        assertEquals(text.replace("\\n", "\n"), HtmlText.of(html));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>One<p>Two|One\\n\\nTwo",
                "<ul><li>a<li>b</ul>c|a\\nb\\n\\nc",
                "<table><tr><td>a<td>b<tr><td>c</table>|a b\\nc",
                "a </b></i></nothing> b|a b",
                "a<unknown-element-with-a-very-long-name-indeed x=y>b|ab",
                "1 < 2 <3 <= 4 << 5|1 < 2 <3 <= 4 << 5",
                "a<|a<",
                "a</|a",
                "a</>b|ab",
                "a</ x>b|ab",
                "a<b|a",
                "a<b title=\"x>|a",
                "a<b title=\"x>y\" alt='>' z = '\">'>c|ac",
                "a<b title=it's>c|ac",
                "a<b title=x\"y>c\">d|ac\">d",
                "a<b it's>c|ac",
                "a<!-- <b>hidden</b> -- > -->b|ab",
                "a<!-->b|ab",
                "a<!--->b|ab",
                "a<!-- never ends <p>b|a",
                "<!DOCTYPE html>a<?xml x?>b|ab",
                "a<![if !mso]>b<![endif]>c|abc",
                "a<![CDATA[hidden]]>b|ab",
                "<script>x = \"</scripting>\" + '<p>' + \"</script\"; y<z</script>a|a",
                "<SCRIPT>hidden</ScRiPt >a|a",
                "a<script>hidden</script|a",
                "a<style>hidden <p>hidden|a",
                "<noscript><p>hidden</p></noscript><template>hidden</template>a|a",
                "<iframe><p>hidden</iframe>a|a",
                "AT&T &nothing; &other; &copy &#65;&#x42; & &; &#;|AT&T ¬hing; &other; © AB & &; &#;",
                "&#x1F600;&#xD83D;&#0;|\ud83d\ude00\ufffd\ufffd",
                "&lt;script&gt;|<script>",
            })
    void of_brokenHtml_isStillRead(String html, String text) {
        assertEquals(text.replace("\\n", "\n"), HtmlText.of(html));
    }

    @Test
    void of_elementsThatAParserWouldRepeat_takesMemoryByWhatWasSent() {
        String bomb = filled("<p>" + TWELVE_BOLD, "<p>x");
        long before = allocated();
        String text = HtmlText.of(bomb);
        long used = allocated() - before;
        assertTrue(text.startsWith("x\n\nx\n\nx"), text.substring(0, 20));
        assertTrue(used < 40L * SIZE, used + " bytes for " + SIZE + " characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<",
                "</",
                "<!--",
                "<![CDATA[",
                "<script>",
                "<script></",
                "<a b=\"",
                "<a b=",
                "&",
                "&amp",
                "&#",
                "&CounterClockwiseContourIntegral",
                "<br>",
                "</p>",
                "<p> ",
                "\u00a0",
                "a"
            })
    void of_theSameOverAndOver_isNeverLongerThanTheHtml(String piece) {
        String html = filled("", piece);
        assertTrue(HtmlText.of(html).length() <= html.length());
    }

    @Test
    void of_veryDeepNesting_ends() {
        assertEquals("x", HtmlText.of("<div>".repeat(100_000) + "x"));
    }

    @Test
    void of_anything_ends() {
        String[] pieces = {"<", ">", "/", "!", "--", "p", "script", "=", "\"", "'", "&", ";", " ", "\0", "\ud83d", "&#"
        };
        long seed = Long.getLong("steadymail.seed", 11L);
        Random random = new Random(seed);
        for (int run = 0; run < 5_000; run++) {
            StringBuilder html = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                html.append(pieces[random.nextInt(pieces.length)]);
            }
            assertTrue(HtmlText.of(html.toString()).length() <= html.length(), "-Dsteadymail.seed=" + seed);
        }
    }

    private static String filled(String start, String piece) {
        return start + piece.repeat((SIZE - start.length()) / piece.length());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
