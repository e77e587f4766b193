package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.mail.EmailContent.Attachment;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {
    private static final Pattern FORM = Pattern.compile(
            "attachment; filename=\"[ !#-$&-:<-\\[\\]-~]+\"(; filename\\*=UTF-8''(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+)?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "TEXT/HTML",
                "text/html; charset=utf-8",
                "image/svg+xml",
                "text/xml",
                "application/xml",
                "application/xhtml+xml",
                "application/rss+xml",
                "text/javascript",
                "application/javascript",
                "text/css",
                "multipart/related",
                "message/rfc822",
                "text/cache-manifest",
                "application/x-shockwave-flash",
                "text/x-\u0000",
                ""
            })
    void threat30_typesThatBrowsersRun_areOctets(String type) {
        assertEquals("application/octet-stream", of(type, "x").type());
    }

    @Test
    void threat30_picturesAndText_keepTheirType() {
        assertEquals("image/png", of("image/png", "x").type());
        assertEquals("text/plain", of("Text/Plain", "x").type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "C:\\Windows\\system.ini",
                "a\r\nSet-Cookie: x=1",
                "a\"; filename=\"evil.exe",
                "\u202Egpj.exe",
                "con.txt",
                "NUL",
                "...",
                "",
                "   ",
                "\ud800",
                "\u0000",
                "%2e%2e%2f",
                "naïve résumé.pdf",
                "\u4e2d\u6587.txt",
                ";;;",
                "a\u2028b\u2066c.png",
                "x'*=UTF-8''y"
            })
    void threat30_namesOfAnyKind_areOneSafeName(String name) {
        String value = of("image/png", name).disposition();
        assertTrue(FORM.matcher(value).matches(), value);
        assertTrue(!value.contains("..") || name.equals("%2e%2e%2f"), value);
    }

    @Test
    void threat30_namesOfAnyKind_cutLong() {
        String value = of("image/png", "\u00e9".repeat(5_000) + ".png").disposition();
        assertTrue(value.length() < 1_000 && value.endsWith(".png"), value);
    }

    @Test
    void disposition_ofANameThatIsNotAscii_hasItWhole() {
        assertEquals(
                "attachment; filename=\"caf_.txt\"; filename*=UTF-8''caf%C3%A9.txt",
                of("text/plain", new String("café.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .disposition());
        assertEquals(
                "attachment; filename=\"attachment\"", of("text/plain", null).disposition());
        assertEquals(
                "attachment; filename=\"a b.txt\"", of("text/plain", "a b.txt").disposition());
    }

    private static Download of(String type, @Nullable String name) {
        return Download.of("email", new Attachment("2", type, name, 1));
    }
}
