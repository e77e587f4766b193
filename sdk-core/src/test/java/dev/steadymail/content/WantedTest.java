package dev.steadymail.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.BodyPart;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final BodyPart PLAIN = part("1.1", "text/plain", null, 10);
    private static final BodyPart HTML = part("1.2", "text/html", null, 20);
    private static final BodyPart IMAGE = part("2", "image/png", "inline", 1_000);
    private static final BodyPart FILE = part("3", "text/plain", "attachment", 5_000);
    private static final BodyPart UNKNOWN = part("4", "application/pdf", "attachment", -1);
    private static final BodyPart MAIL = new BodyPart(
            "5", "message/rfc822", null, null, null, null, 2_000, List.of(part("5.1", "text/plain", null, 7)));
    private static final BodyPart ALL = multi(multi(PLAIN, HTML), IMAGE, FILE, UNKNOWN, MAIL);

    @Test
    void of_eachSetting_namesItsParts() {
        assertEquals(List.of(PLAIN), Wanted.TEXT.of(ALL));
        assertEquals(List.of(PLAIN, HTML), Wanted.TEXT_AND_HTML.of(ALL));
        assertEquals(
                List.of(PLAIN, HTML, IMAGE),
                Wanted.TEXT_AND_HTML.withAttachmentsUpTo(1_000).of(ALL));
        assertEquals(
                List.of(PLAIN, IMAGE, MAIL),
                Wanted.TEXT.withAttachmentsUpTo(4_999).of(ALL));
        assertEquals(List.of(PLAIN, HTML, IMAGE, FILE, UNKNOWN, MAIL), Wanted.EVERY_PART.of(ALL));
    }

    @Test
    void of_emailWithHtmlOnly_isItsHtml() {
        assertEquals(List.of(HTML), Wanted.TEXT.of(multi(HTML, FILE)));
        assertEquals(List.of(), Wanted.TEXT.of(FILE));
    }

    @Test
    void covers_whatIsLess() {
        List<Wanted> growing = List.of(
                Wanted.TEXT,
                Wanted.TEXT_AND_HTML,
                Wanted.TEXT_AND_HTML.withAttachmentsUpTo(10),
                Wanted.EVERY_PART,
                Wanted.MESSAGE);
        for (int i = 0; i < growing.size(); i++) {
            for (int j = 0; j < growing.size(); j++) {
                assertEquals(i >= j, growing.get(i).covers(growing.get(j)), growing.get(i) + " " + growing.get(j));
            }
        }
        assertFalse(Wanted.TEXT.withAttachmentsUpTo(10).covers(Wanted.TEXT_AND_HTML));
    }

    @Test
    void settings_areChecked() {
        assertThrows(IllegalArgumentException.class, () -> Wanted.TEXT.withAttachmentsUpTo(-1));
        assertThrows(IllegalArgumentException.class, () -> ContentPolicy.newest(100_001));
        assertThrows(IllegalArgumentException.class, () -> ContentPolicy.recent(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> ContentOptions.DEFAULT.withParallel(5));
        assertThrows(IllegalArgumentException.class, () -> ContentOptions.DEFAULT.withWholeUpTo(-2));
        assertThrows(IllegalArgumentException.class, () -> ContentOptions.DEFAULT.withTimeout(Duration.ZERO));
        assertTrue(ContentPolicy.ALL.isAll());
    }

    private static BodyPart multi(BodyPart... parts) {
        return new BodyPart("", "multipart/mixed", null, null, null, null, -1, List.of(parts));
    }

    private static BodyPart part(String id, String type, String disposition, long size) {
        return new BodyPart(id, type, null, disposition, null, null, size, List.of());
    }
}
