package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Share SHARE = new Share("quota:hush@example.com", 10, SECOND, 2);

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new Share("", 1, SECOND, 0),
                () -> new Share("x".repeat(4_097), 1, SECOND, 0),
                () -> new Share("a", 0, SECOND, 0),
                () -> new Share("a", 1, SECOND, -1),
                () -> new Share("a", 1, SECOND, 2),
                () -> new Share("a", 1, Duration.ofNanos(999_999), 0),
                () -> new Share("a", 1, Duration.ofDays(31).plusNanos(1), 0),
                () -> new Demand(List.of(), List.of(SHARE), -1),
                () -> new Demand(List.of(), List.of(SHARE, new Share(SHARE.key(), 20, SECOND, 0)), 1),
                () -> new Demand(Collections.nCopies(17, "a"), List.of(), 1),
                () -> new Demand(List.of(""), List.of(), 1),
                () -> new Opening("", CircuitCause.FAILING, Instant.EPOCH),
                () -> new Verdict.NoRoom(Duration.ZERO),
                () -> new Verdict.NoRoom(Duration.ofNanos(-1)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatNoStoreCanAnswer_isRefused(Executable wrong) {
        String message = assertThrows(IllegalArgumentException.class, wrong).getMessage();
        assertTrue(message.contains(" must "), message);
        assertFalse(message.contains("hush"), message);
    }

    @Test
    void mostUsedBefore_leavesWhatIsKept_unlessADemandNeverFitsBesideIt() {
        assertEquals(8, SHARE.mostUsedBefore(0));
        assertEquals(1, SHARE.mostUsedBefore(7));
        assertEquals(0, SHARE.mostUsedBefore(8));
        assertEquals(0, SHARE.mostUsedBefore(9));
        assertEquals(0, SHARE.mostUsedBefore(10));
        assertEquals(0, SHARE.mostUsedBefore(Long.MAX_VALUE));
    }

    @Test
    void toString_showsNoKey() {
        Opening opening = new Opening("account:hush@example.com", CircuitCause.THROTTLED, Instant.EPOCH);
        Demand demand = new Demand(List.of(opening.scope()), List.of(SHARE), 1);
        for (Object value : List.of(opening, demand, SHARE, new Verdict.Open(opening))) {
            assertFalse(value.toString().contains("hush"), value::toString);
        }
    }
}
