package dev.steadymail.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void keysKeepTheirOrder() {
        String json = new JsonLine()
                .put("b", "x")
                .put("a", (String) null)
                .put("n", -7)
                .put("l", List.of("1", "2"))
                .put("e", List.of())
                .toString();
        assertEquals("{\"b\":\"x\",\"a\":null,\"n\":-7,\"l\":[\"1\",\"2\"],\"e\":[]}", json);
    }

    @Test
    void onlyWhatJsonRequiresIsEscaped() {
        String json = new JsonLine()
                .put("k", "\"\\/\n\t\u0001\u007fé\u2028\ud83d\ude00\ud800x")
                .toString();
        assertEquals("{\"k\":\"\\\"\\\\/\\u000a\\u0009\\u0001\u007fé\u2028\ud83d\ude00\ufffdx\"}", json);
    }

    @Test
    void nothing_isAnEmptyObject() {
        assertEquals("{}", new JsonLine().toString());
    }
}
