package dev.steadymail.cache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNamesTest {
    private final ContentKeys keys = ContentKeys.of(1, new byte[32]);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsThatDiffer_haveNamesThatDiffer(boolean keyed) {
        KeyNames names = keyed ? KeyNames.keyed(keys) : KeyNames.unkeyed();
        String[][] all = {
            {},
            {""},
            {"", ""},
            {"a"},
            {"a", ""},
            {"", "a"},
            {"ab"},
            {"a", "b"},
            {"b", "a"},
            {"\u0001a"},
            {"\uD800"},
            {"\uD801"},
            {"?"},
            {"a\u0001b"},
            {"x".repeat(200)},
            {"x".repeat(201)},
        };
        Set<String> seen = new HashSet<>();
        for (String[] parts : all) {
            assertEquals(16, names.of(parts).length);
            assertTrue(seen.add(hex(names, parts)));
            assertEquals(hex(names, parts), hex(names, parts));
        }
    }

    @Test
    void names_dependOnTheKey_andOutlastItsRotation() {
        byte[] newer = new byte[32];
        newer[0] = 1;
        String name = hex(KeyNames.keyed(keys), "ada", "email", "1");
        Set<String> others = Set.of(
                hex(KeyNames.unkeyed(), "ada", "email", "1"),
                hex(KeyNames.keyed(ContentKeys.of(2, newer)), "ada", "email", "1"));
        assertEquals(2, others.size());
        assertTrue(!others.contains(name));
        assertEquals(name, hex(KeyNames.keyed(keys.then(2, newer)), "ada", "email", "1"));
        assertEquals(name, hex(KeyNames.keyed(keys.opening(2, newer)), "ada", "email", "1"));
    }

    @Test
    void names_areTheSameTomorrow() {
        // SHA-256 of 01 61, and HMAC-SHA-256 of the same with the key derived from 32 zeros; both cut.
        assertEquals("e3254ea61c09ead5a01d3bf07e946a56", hex(KeyNames.unkeyed(), "a"));
        assertEquals("9a9fbea0941a4a18c84b3e61c1a5e889", hex(KeyNames.keyed(keys), "a"));
    }

    private static String hex(KeyNames names, String... parts) {
        return HexFormat.of().formatHex(names.of(parts));
    }
}
