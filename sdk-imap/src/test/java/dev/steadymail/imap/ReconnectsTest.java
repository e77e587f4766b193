package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private final MailException cut = MailException.of(Kind.NETWORK, "cut");

    @Test
    void anySeries_staysWithinItsBounds() {
        for (int seed = 0; seed < 200; seed++) {
            Reconnects reconnects = new Reconnects(new Random(seed));
            assertEquals(Duration.ZERO, reconnects.delayAfter(cut, NOW));
            long most = 2_000;
            for (int failure = 1; failure < 40; failure++) {
                long millis = reconnects.delayAfter(cut, NOW).toMillis();
                String where = "seed " + seed + " failure " + failure + ": " + millis + " ms";
                assertTrue(millis >= 0 && millis <= Math.min(300_000, most), where);
                most = Math.min(300_000, most * 2);
            }
        }
    }

    @Test
    void delays_growInTheMean() {
        long early = 0;
        long late = 0;
        for (int seed = 0; seed < 200; seed++) {
            Reconnects reconnects = new Reconnects(new Random(seed));
            for (int failure = 0; failure < 12; failure++) {
                long millis = reconnects.delayAfter(cut, NOW).toMillis();
                early += failure < 4 ? millis : 0;
                late += failure >= 8 ? millis : 0;
            }
        }
        assertTrue(late > 10 * early, early + " and " + late);
    }

    @Test
    void success_beginsAnew() {
        Reconnects reconnects = new Reconnects(new Random(1));
        for (int failure = 0; failure < 9; failure++) {
            Duration unused = reconnects.delayAfter(cut, NOW);
        }
        reconnects.succeeded();
        assertEquals(Duration.ZERO, reconnects.delayAfter(cut, NOW));
    }

    @Test
    void serverThatStatesATime_isNotAskedSooner() {
        MailException throttled = MailException.builder(Kind.THROTTLED, "slower")
                .retryAt(NOW.plusSeconds(90))
                .build();
        assertEquals(Duration.ofSeconds(90), new Reconnects(new Random(1)).delayAfter(throttled, NOW));
    }

    @Test
    void whatTryingAgainDoesNotChange_isTriedSeldom() {
        MailException refused = MailException.of(Kind.AUTH, "wrong password");
        assertEquals(Duration.ofMinutes(5), new Reconnects(new Random(1)).delayAfter(refused, NOW));
    }
}
