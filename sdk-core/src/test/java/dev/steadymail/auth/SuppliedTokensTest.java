package dev.steadymail.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SuppliedTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Deadline DEADLINE =
            new Deadline(System.nanoTime() + Duration.ofHours(1).toNanos(), System::nanoTime);

    private final AtomicInteger asked = new AtomicInteger();
    private Instant now = NOW;

    @Test
    void supplier_isAskedAgainFiveMinutesBeforeTheEnd() {
        TokenSource tokens = Tokens.from(this::next, () -> now);
        assertEquals("access-1", value(tokens.token(DEADLINE)));
        now = NOW.plus(Duration.ofMinutes(54));
        assertEquals("access-1", value(tokens.token(DEADLINE)));
        now = NOW.plus(Duration.ofMinutes(55));
        assertEquals("access-2", value(tokens.token(DEADLINE)));
    }

    @Test
    void refusedToken_isReplacedByAnotherOne() {
        TokenSource tokens = Tokens.from(this::next, () -> now);
        AccessToken first = tokens.token(DEADLINE);
        assertEquals("access-2", value(tokens.tokenAfterRefusal(first, DEADLINE)));
    }

    @Test
    void refusedTokenThatComesAgain_needsConsent() {
        AccessToken same = new AccessToken(Secret.of("same"), Instant.MAX);
        TokenSource tokens = Tokens.from(deadline -> same);
        tokens.token(DEADLINE);
        MailException failure = assertThrows(MailException.class, () -> tokens.tokenAfterRefusal(same, DEADLINE));
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
    }

    @Test
    void failuresOfTheSupplier_haveAKind() {
        MailException own = MailException.of(Kind.REAUTH_REQUIRED, "log in");
        assertSame(own, failure(deadline -> {
            throw own;
        }));
        assertEquals(
                Kind.UNAVAILABLE,
                failure(deadline -> {
                            throw new IllegalStateException("vault is sealed");
                        })
                        .kind());
        assertEquals(Kind.INVALID, failure(deadline -> null).kind());
    }

    private static MailException failure(AccessTokenSupplier supplier) {
        return assertThrows(MailException.class, () -> Tokens.from(supplier).token(DEADLINE));
    }

    private AccessToken next(Deadline deadline) {
        return new AccessToken(Secret.of("access-" + asked.incrementAndGet()), now.plus(Duration.ofHours(1)));
    }

    private static String value(AccessToken token) {
        return token.value().reveal();
    }
}
