package dev.steadymail.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.server.folder.StartException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://cache",
                "redis://:se%5Ecret@127.0.0.1:6379",
                "rediss://ada:a+b=c,d@cache.example.com:6380/3?timeout=2s",
                "redis://[::1]:6379",
            })
    void parse_theUsualForms_areTakenAsTheyAre(String text) {
        assertEquals(text, RedisUrl.parse(text).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hunter2@127.0.0.1",
                "redis://:hunter2^x@127.0.0.1:6379",
                "redis://:hunter2/x@127.0.0.1:6379",
                "redis://:hunter2#x@127.0.0.1:6379",
                "redis://:hunter2%x@127.0.0.1:6379",
                "redis://:hunter2@127.0.0.1:99999",
                "redis://:hunter2@",
                "hunter2",
            })
    void parse_otherForms_areRefusedWithoutRepeatingThem(String text) {
        StartException refusal = assertThrows(StartException.class, () -> RedisUrl.parse(text));
        assertEquals(2, refusal.exitCode());
        assertFalse((refusal.getMessage() + refusal.getCause()).contains("hunter2"), refusal.getMessage());
    }
}
