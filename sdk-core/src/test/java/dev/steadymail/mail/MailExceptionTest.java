package dev.steadymail.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.MailException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailExceptionTest {
    @Test
    void effect_thatNobodyTold_isNotKnownAndReadsFalse() {
        MailException failure = MailException.of(Kind.NETWORK, "cut");
        assertEquals(Optional.empty(), failure.effect());
        assertFalse(failure.mayHaveTakenEffect());
        assertEquals(Optional.empty(), failure.toBuilder().build().effect());
    }

    @Test
    void effect_thatWasTold_isKeptInACopy() {
        MailException may = MailException.builder(Kind.NETWORK, "cut")
                .mayHaveTakenEffect(true)
                .build();
        assertTrue(may.toBuilder().build().mayHaveTakenEffect());
        MailException surelyNot = may.toBuilder().mayHaveTakenEffect(false).build();
        assertEquals(Optional.of(false), surelyNot.effect());
        assertFalse(surelyNot.mayHaveTakenEffect());
    }

    @Test
    void reach_isTheAccountUnlessToldOtherwise() {
        MailException failure = MailException.of(Kind.THROTTLED, "slow down");
        assertEquals(Reach.ACCOUNT, failure.reach());
        MailException wide = failure.toBuilder().reach(Reach.PROJECT).build();
        assertEquals(Reach.PROJECT, wide.toBuilder().build().reach());
    }
}
