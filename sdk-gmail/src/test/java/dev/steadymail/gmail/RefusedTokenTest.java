package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusedTokenTest {
    private final ManualTime time = new ManualTime();
    private final RefusedToken refused = new RefusedToken(time::nanoTime);
    private final AccessToken token = token("a");

    @Test
    void afterTheRest_oneCallAsksAndTheOthersRestOn() {
        refused.note(token, MailException.of(Kind.REAUTH_REQUIRED, "no"));
        assertRests();
        time.advance(RefusedToken.REST);
        assertDoesNotThrow(() -> refused.requireOther(token));
        assertRests();
        refused.forget(token);
        assertDoesNotThrow(() -> refused.requireOther(token));
    }

    @Test
    void otherToken_doesNotRest_norDoesItEndTheRestOfTheFirst() {
        refused.note(token, MailException.of(Kind.REAUTH_REQUIRED, "no"));
        assertDoesNotThrow(() -> refused.requireOther(token("b")));
        refused.forget(token("b"));
        assertRests();
    }

    private void assertRests() {
        MailException failure = assertThrows(MailException.class, () -> refused.requireOther(token));
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
    }

    private static AccessToken token(String value) {
        return new AccessToken(Secret.of(value), Instant.MAX);
    }
}
