package dev.steadymail.benchmarks.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** A class that covers too much would hide a defect of the reader. */
class ExplainedTest {
    @Test
    void of_whatAngusLeavesUndone_isExplained() {
        assertEquals(Explained.UTF8_OCTETS, Explained.of("subject", "caf\u00e9", "caf\u00c3\u00a9"));
        assertEquals(Explained.EMPTY_FILE_NAME, Explained.of("part: file name", "", null));
        assertEquals(Explained.NAME_OF_ONE_LINE, Explained.of("from: name", "Ann Lee", "Ann\r\n Lee"));
        assertEquals(Explained.EMPTY_TYPE, Explained.of("part: type", "application/octet-stream", "/"));
    }

    @Test
    void of_theSameInAnotherField_isNotExplained() {
        assertNull(Explained.of("part: charset", "", null));
        assertNull(Explained.of("subject", "Ann Lee", "Ann\r\n Lee"));
        assertNull(Explained.of("part: charset", "application/octet-stream", "/"));
    }

    @Test
    void of_anotherValueOrNone_isNotExplained() {
        assertNull(Explained.of("subject", "cafe", "caf\u00c3\u00a9"));
        assertNull(Explained.of("subject", "caf\u00c3\u00a9", "caf\u00e9"));
        assertNull(Explained.of("part: file name", "", "a.txt"));
        assertNull(Explained.of("part: file name", "a\u00c3\u00a9.txt", null));
        assertNull(Explained.of("date", null, "2025-07-01T08:52:37Z"));
        assertNull(Explained.of("part: type", "text/plain", "/"));
    }
}
