package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AtOnceTest {
    @Test
    void run_moreThanAllowed_isRefused_untilOneHasEnded() {
        AtOnce two = new AtOnce(2, Duration.ZERO);
        MailException refused =
                two.run(() -> two.run(() -> assertThrows(MailException.class, () -> two.run(() -> ""))));
        assertEquals(Kind.QUEUE_FULL, refused.kind());
        assertEquals("done", two.run(() -> two.run(() -> "done")));
    }

    @Test
    void run_thatFails_givesItsPlaceBack() {
        AtOnce one = new AtOnce(1, Duration.ZERO);
        assertThrows(
                IllegalStateException.class,
                () -> one.run(() -> {
                    throw new IllegalStateException("planned");
                }));
        assertEquals("done", one.run(() -> "done"));
    }
}
