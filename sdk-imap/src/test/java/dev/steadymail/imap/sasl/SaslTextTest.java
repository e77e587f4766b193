package dev.steadymail.imap.sasl;

import static dev.steadymail.imap.sasl.SaslRefusedException.Fault.CREDENTIALS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslTextTest extends SaslTestCase {
    /** RFC 4013 section 3. */
    @Test
    void prepared_isAsTheExamplesOfItsRfc() throws SaslRefusedException {
        assertEquals("IX", SaslText.prepared("text", "I\u00ADX"));
        assertEquals("user", SaslText.prepared("text", "user"));
        assertEquals("USER", SaslText.prepared("text", "USER"));
        assertEquals("a", SaslText.prepared("text", "\u00AA"));
        assertEquals("IX", SaslText.prepared("text", "\u2168"));
        refused(CREDENTIALS, () -> SaslText.prepared("text", "\u0007"));
    }

    @Test
    void spaces_areOneKind() throws SaslRefusedException {
        assertEquals("a b c d", SaslText.prepared("text", "a\u00A0b\u3000c\u2003d"));
    }

    @Test
    void charactersBeyondTheBasicPlane_stay() throws SaslRefusedException {
        assertEquals("p\uD83D\uDD11", SaslText.prepared("text", "p\uD83D\uDD11"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00AD", "a\u0085", "a\u202Eb", "a\uE000", "a\uFFFE", "a\uFDD0", "a\u2028", "a\uD83D"})
    void whatSaslprepForbids_isRefused(String text) {
        refused(CREDENTIALS, () -> SaslText.prepared("text", text));
    }
}
