package dev.steadymail.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PkceTest {
    /** RFC 7636 appendix B. */
    @Test
    void challenge_ofTheStandardsVerifier_isTheStandards() {
        Pkce pkce = new Pkce("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assertEquals("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", pkce.challenge());
    }

    @Test
    void verifier_isOfTheAllowedFormAndNeverTheSame() {
        Pkce one = Pkce.create();
        assertTrue(one.verifier().matches("[A-Za-z0-9._~-]{43,128}"), one.verifier());
        assertNotEquals(one.verifier(), Pkce.create().verifier());
        assertFalse(one.toString().contains(one.verifier()));
    }
}
