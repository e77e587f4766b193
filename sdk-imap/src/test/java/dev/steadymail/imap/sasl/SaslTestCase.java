package dev.steadymail.imap.sasl;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** What tests of mechanisms share: octets as text, a character each, and the refusal that an exchange must meet. */
abstract class SaslTestCase {
    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static SaslRefusedException refused(SaslRefusedException.Fault fault, Executable step) {
        SaslRefusedException refusal = assertThrows(SaslRefusedException.class, step);
        if (refusal.fault() != fault) {
            throw new AssertionError("expected the fault " + fault + ", not " + refusal.fault(), refusal);
        }
        return refusal;
    }
}
