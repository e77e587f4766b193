package dev.steadymail.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.steadymail.html.BlockedResource.Kind;
import dev.steadymail.html.SanitizedHtml.Finding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedResourceTest {
    private final HtmlSanitizer sanitizer = HtmlSanitizer.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IMAGE      | <img src='https://h.example/x'>",
                "IMAGE      | <img src='//h.example/x'>",
                "IMAGE      | <img src=' https:\\\\h.example\\x'>",
                "IMAGE      | <img srcset='https://h.example/x 2x'>",
                "IMAGE      | <img data-blocked-src='https://h.example/x'>",
                "IMAGE      | <input type=image src='https://h.example/x'>",
                "IMAGE      | <svg><image xlink:href='https://h.example/x' /></svg>",
                "IMAGE      | <video poster='https://h.example/x'></video>",
                "BACKGROUND | <table><td background='https://h.example/x'>",
                "BACKGROUND | <body background='https://h.example/x'>",
                "BACKGROUND | <p style='background:url(https://h.example/x)'>",
                "BACKGROUND | <p style='list-style-image: u\\52 l( \"https://h.example/x\" )'>",
                "BACKGROUND | <style>p { background: url(https://h.example/x) }</style>",
                "FONT       | <style>@font-face { src: url('https://h.example/x') }</style>",
                "STYLESHEET | <style>@import 'https://h.example/x';</style>",
                "STYLESHEET | <style>@import url(https://h.example/x);</style>",
                "STYLESHEET | <link rel=stylesheet href='https://h.example/x'>",
                "MEDIA      | <audio src='https://h.example/x'></audio>",
                "FRAME      | <iframe src='https://h.example/x'></iframe>",
                "FRAME      | <object data='https://h.example/x'></object>",
                "SCRIPT     | <script src='https://h.example/x'></script>"
            })
    void isListedWithItsKind(Kind kind, String html) {
        SanitizedHtml sanitized = sanitizer.sanitize(html);
        assertEquals(List.of(new BlockedResource("https://h.example/x", kind, false)), sanitized.blocked());
    }

    @Test
    void oneUrlForOneUse_isListedOnce() {
        SanitizedHtml sanitized = sanitizer.sanitize(
                "<img src='https://h.example/x'><img src='https://h.example/x'><table><td background='https://h.example/x'>");
        assertEquals(2, sanitized.blocked().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "width=1 height=1 | 1",
                "width=0 height=1px | 1",
                "style='height:1px;width:1px' | 1",
                "style='display:none' | 1",
                "width=1 height=40 | 0",
                "width=10 height=10 | 0"
            })
    void imagesThatNobodySees_areCounted_andNeverLoaded(String attributes, int pixels) {
        HtmlSanitizer loading =
                HtmlSanitizer.builder().remoteImages(UrlRule.KEEP).build();
        SanitizedHtml sanitized = loading.sanitize("<img src='https://h.example/x' " + attributes + ">");
        assertEquals(pixels, sanitized.trackingPixels());
        assertEquals(pixels == 0, sanitized.html().contains("src="));
    }

    @Test
    void findings_tellWhatWasThere() {
        assertEquals(
                Set.of(Finding.ACTIVE_CONTENT),
                sanitizer.sanitize("<p onclick=x>").findings());
        assertEquals(
                Set.of(Finding.FORM), sanitizer.sanitize("<form><input></form>").findings());
        assertEquals(
                Set.of(Finding.STYLE_SHEET),
                sanitizer.sanitize("<style>p{}</style>").findings());
        assertEquals(
                Set.of(Finding.REFUSED_URL),
                sanitizer.sanitize("<a href='javascript:x'>").findings());
        assertEquals(Set.of(), sanitizer.sanitize("<p>text</p>").findings());
    }

    @Test
    void toString_showsNoContent() {
        SanitizedHtml sanitized = sanitizer.sanitize("secret<img src='https://h.example/reader'>");
        assertFalse((sanitized + "" + sanitized.blocked()).matches("(?s).*(secret|reader).*"), sanitized.toString());
    }
}
