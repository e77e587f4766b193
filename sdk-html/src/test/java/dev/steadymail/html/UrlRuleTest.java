package dev.steadymail.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application decides, and what is not up to it. */
class UrlRuleTest {
    @Test
    void contentId_isResolved_withoutItsEscapes() {
        List<String> asked = new ArrayList<>();
        HtmlSanitizer sanitizer = HtmlSanitizer.builder()
                .contentIds(id -> {
                    asked.add(id);
                    return "/attachments/1";
                })
                .build();
        String html = sanitizer
                .sanitize("<img src='cid:a%2Bb@c' alt=x><img src='CID:a%2Bb@c'>")
                .html();
        assertEquals(List.of("a+b@c", "a+b@c"), asked);
        assertEquals(
                "<img src=\"/attachments/1\" referrerpolicy=\"no-referrer\" alt=\"x\">"
                        + "<img src=\"/attachments/1\" referrerpolicy=\"no-referrer\">",
                html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:image/svg+xml;base64,AAAA",
                "data:text/html,x",
                "blob:x",
                " jav\tascript:x"
            })
    void answerThatIsNotAllowed_isNoAnswer(String answer) {
        HtmlSanitizer sanitizer = HtmlSanitizer.builder()
                .contentIds(id -> answer)
                .links(url -> answer)
                .remoteImages(url -> answer)
                .build();
        String html = sanitizer
                .sanitize("<img src='cid:x'><a href='https://a.example'>b</a><img src='https://a.example/c' alt=d>")
                .html();
        assertEquals("<a>b</a><img data-blocked-src=\"https://a.example/c\" alt=\"d\">", html);
    }

    @Test
    void pathOfTheApplication_isNotOpenToMessages() {
        HtmlSanitizer sanitizer =
                HtmlSanitizer.builder().contentIds(id -> "/logout").build();
        assertEquals(
                "<img src=\"/logout\" referrerpolicy=\"no-referrer\"><a>x</a>",
                sanitizer.sanitize("<img src='cid:x'><a href='/logout'>x</a>").html());
    }

    @Test
    void links_leadWhereTheRuleSays() {
        HtmlSanitizer sanitizer = HtmlSanitizer.builder()
                .links(url -> url.startsWith("https:") ? "/leave?to=" + url.length() : null)
                .build();
        assertEquals(
                "<a href=\"/leave?to=19\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a><a>y</a>",
                sanitizer
                        .sanitize("<a href='https://a.example/b'>x</a><a href='http://a.example'>y</a>")
                        .html());
    }

    @Test
    void remoteImages_areLoadedWhereTheRuleSays() {
        HtmlSanitizer sanitizer =
                HtmlSanitizer.builder().remoteImages(UrlRule.KEEP).build();
        SanitizedHtml sanitized = sanitizer.sanitize("<img src='https://a.example/b'>");
        assertEquals("<img src=\"https://a.example/b\" referrerpolicy=\"no-referrer\">", sanitized.html());
        assertEquals(List.of(), sanitized.blocked());
        assertEquals(sanitized.html(), sanitizer.sanitize(sanitized.html()).html());
    }

    @Test
    void whatARuleThrows_reachesTheCaller() {
        HtmlSanitizer sanitizer = HtmlSanitizer.builder()
                .links(url -> {
                    throw new IllegalStateException("of the application");
                })
                .build();
        assertThrows(IllegalStateException.class, () -> sanitizer.sanitize("<a href='https://a.example'>x</a>"));
    }

    @Test
    void prefix_isTheApplications() {
        HtmlSanitizer sanitizer = HtmlSanitizer.builder().idPrefix("m7_").build();
        assertEquals(
                "<p id=\"m7_x\"></p>",
                sanitizer.toBuilder().build().sanitize("<p id=x>").html());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "mail", "-", "7-", "a b-", "a234567890123456789012345678901-"})
    void prefix_thatANameCouldBeginWith_isRefused(String prefix) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> HtmlSanitizer.builder().idPrefix(prefix));
        assertTrue(String.valueOf(refused.getMessage()).contains("end in - or _"), refused.getMessage());
    }

    @Test
    void prefix_isPutBeforeNamesThatBeginAlike_once() {
        HtmlSanitizer sanitizer = HtmlSanitizer.builder().idPrefix("m-").build();
        String html =
                sanitizer.sanitize("<p id=main></p><p id=m></p><p id=m-x>").html();
        assertEquals("<p id=\"m-main\"></p><p id=\"m-m\"></p><p id=\"m-x\"></p>", html);
        assertEquals(html, sanitizer.sanitize(html).html());
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example",
        "HTTP:a.example, http://a.example",
        "https:///\\a.example\\b?c\\d, https://a.example/b?c%5Cd",
        "//a.example, https://a.example",
        "\\\\a.example, https://a.example",
        "'h\tt\nt p://a.example', ",
        "'h\tt\ntp://a.example', http://a.example",
        "https://a.example/\u202egpj.exe, https://a.example/gpj.exe",
        "https://?x, ",
        "ftp://a.example, ",
        "a.example, "
    })
    void remote_isReadAsABrowserReadsIt(String raw, String url) {
        assertEquals(url, SafeUrl.remote(raw));
    }
}
