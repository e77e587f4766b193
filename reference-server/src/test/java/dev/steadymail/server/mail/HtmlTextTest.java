package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HtmlTextTest {
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
            })
    void of_readsWhatAPersonWouldSee(String html, String text) {
        assertEquals(text.replace("\\n", "\n"), HtmlText.of(html));
    }

    @Test
    void of_veryDeepNesting_ends() {
        assertTrue(HtmlText.of("<div>".repeat(100_000) + "x").contains("x"));
    }
}
