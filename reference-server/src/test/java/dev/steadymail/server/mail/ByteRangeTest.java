package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
    @Test
    void parse_oneRange_isRead() {
        assertEquals(Optional.of(new ByteRange(0, 99)), ByteRange.parse("bytes=0-99"));
        assertEquals(Optional.of(new ByteRange(5, Long.MAX_VALUE)), ByteRange.parse("Bytes=5-"));
        assertEquals(Optional.of(new ByteRange(-7, Long.MAX_VALUE)), ByteRange.parse("bytes=-7"));
        assertEquals(Optional.of(new ByteRange(0, 0)), ByteRange.parse("bytes=00000000000000000000000000-0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=--1",
                "bytes=2-1",
                "bytes=a-b",
                "bytes=0-1,3-4",
                "items=0-1",
                "bytes=+1-2",
                "bytes=0x1-2",
                "bytes=1 -2",
                "bytes=0-1-2",
                "bytes=\u0661-2"
            })
    void parse_anythingElse_isPassedOver(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header));
    }

    @Test
    void parse_tooLong_isPassedOver() {
        assertEquals(Optional.empty(), ByteRange.parse("bytes=" + "1".repeat(10_000) + "-"));
        assertEquals(Optional.empty(), ByteRange.parse(null));
    }

    @Test
    void length_isBounded_andNeverOverflows() {
        for (String header : new String[] {
            "bytes=99999999999999999999-",
            "bytes=0-99999999999999999999",
            "bytes=-99999999999999999999",
            "bytes=-0",
            "bytes=0-"
        }) {
            int length = ByteRange.parse(header).orElseThrow().length(10);
            assertTrue(length >= 1 && length <= 10, header + " has " + length);
        }
    }
}
