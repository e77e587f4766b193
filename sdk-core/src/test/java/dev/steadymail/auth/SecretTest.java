package dev.steadymail.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @Test
    void equality_isByValue() {
        assertEquals(Secret.of("one"), Secret.of("one"));
        assertEquals(Secret.of("one").hashCode(), Secret.of("one").hashCode());
        assertNotEquals(Secret.of("one"), Secret.of("two"));
        assertNotEquals(Secret.of("one"), "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "return\r", "nul\u0000"})
    void whatNoProtocolCanCarry_isRefusedWithoutShowingIt(String value) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Secret.of(value));
        assertFalse(!value.isEmpty() && refused.getMessage().contains(value));
    }
}
