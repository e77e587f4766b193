package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PriorityTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void lowAccounts_areLookedAtEveryThirdInterval_andComeLast() {
        assertEquals(MINUTE, Priority.HIGH.interval(MINUTE));
        assertEquals(MINUTE, Priority.MEDIUM.interval(MINUTE));
        assertEquals(Duration.ofMinutes(3), Priority.LOW.interval(MINUTE));
        assertTrue(Priority.HIGH.rank() > Priority.MEDIUM.rank() && Priority.MEDIUM.rank() > Priority.LOW.rank());
    }

    @Test
    void text_isReadBack_andOthersAreRefused() {
        for (Priority priority : Priority.values()) {
            assertEquals(priority, Priority.of(priority.text()));
        }
        for (String other : new String[] {"", "HIGH", "urgent", "1"}) {
            assertThrows(UnusableAccountException.class, () -> Priority.of(other));
        }
    }
}
