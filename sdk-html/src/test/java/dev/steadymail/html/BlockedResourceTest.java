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
                "style='width:0.5px;height:0.5px' | 1",
                "style='width:1pt;height:1pt' | 1",
                "style='max-width:.1em;height:2px !important' | 1",
                "style='width:2px' height=2 | 1",
                "style='width:2px;height:2.1px' | 0",
                "style='width:2pt;height:2pt' | 0",
                "width=1foo height='+1 px' | 1",
                "style='width:0' height=9 | 1",
                "style='opacity:0' | 1",
                "style='opacity:1%' | 1",
                "style='opacity:.5' | 0",
                "style='visibility:hidden' | 1",
                "style='width:1em;height:1em' | 0",
                "hidden | 1",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<div style='display:none'><p>IMG</p></div> | 1",
                "<div style='Visibility: HIDDEN'><p>IMG</p></div> | 1",
                "<table style='opacity:0.0'><td>IMG | 1",
                "<form style='display:none'>IMG</form> | 1",
                "<p hidden>IMG | 1",
                "<div style='max-height:0;overflow:hidden'>IMG</div> | 1",
                "<div style='max-height:0'>IMG</div> | 0",
                "<table><td style='width:1%;overflow:hidden'>IMG | 0",
                "<div style='display:none'>text<br><hr></div>IMG | 0",
                "<div style='display:none'><script>x</script><i>text</i></div><p>IMG | 0"
            })
    void imagesInsideSomethingHidden_areTrackingPixels(String html, int pixels) {
        HtmlSanitizer loading =
                HtmlSanitizer.builder().remoteImages(UrlRule.KEEP).build();
        SanitizedHtml sanitized = loading.sanitize(html.replace("IMG", "<img src='https://h.example/x' alt=x>"));
        assertEquals(pixels, sanitized.trackingPixels());
        assertEquals(pixels == 0, sanitized.html().contains("src="), sanitized.html());
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
