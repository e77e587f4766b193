package dev.steadymail.testkit.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void advance_runsWhatIsDueInOrderOfTimeThenOfSetting() {
        time.schedule(() -> ran.add("late"), Duration.ofSeconds(2));
        time.schedule(() -> ran.add("first"), Duration.ofSeconds(1));
        time.schedule(() -> ran.add("second"), Duration.ofSeconds(1));
        time.advance(Duration.ofMillis(999));
        assertEquals(List.of(), ran);
        time.advance(Duration.ofSeconds(5));
        assertEquals(List.of("first", "second", "late"), ran);
    }

    @Test
    void advance_showsEachTimerItsOwnTime() {
        time.schedule(() -> ran.add(time.now().toString()), Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(10));
        assertEquals(List.of(ManualTime.START.plusSeconds(3).toString()), ran);
        assertEquals(ManualTime.START.plusSeconds(10), time.now());
    }

    @Test
    void advance_runsTimersThatTimersSet() {
        time.schedule(() -> time.schedule(() -> ran.add("inner"), Duration.ofSeconds(1)), Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of("inner"), ran);
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void advance_backwards_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> time.advance(Duration.ofNanos(-1)));
    }

    @Test
    void advanceToNextTimer_tellsHowFarItWas() {
        time.schedule(() -> ran.add("due"), Duration.ofMinutes(7));
        assertEquals(Duration.ofMinutes(7), time.advanceToNextTimer());
        assertEquals(List.of("due"), ran);
        assertEquals(Duration.ZERO, time.advanceToNextTimer());
    }

    @Test
    void schedule_withoutDelay_runsAtOnce() {
        time.schedule(() -> ran.add("now"), Duration.ZERO).cancel();
        assertEquals(List.of("now"), ran);
    }

    @Test
    void cancel_preventsTheTask() {
        time.schedule(() -> ran.add("never"), Duration.ofSeconds(1)).cancel();
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), ran);
    }

    @Test
    void stepClock_leavesTickerAndTimersAlone() {
        time.schedule(() -> ran.add("due"), Duration.ofSeconds(1));
        time.stepClock(Duration.ofDays(1));
        assertEquals(0, time.nanoTime());
        assertEquals(List.of(), ran);
        assertEquals(ManualTime.START.plus(Duration.ofDays(1)), time.now());
    }

    @Test
    void awaitTimers_returnsOnceAnotherThreadHasSetThem() throws Exception {
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> time.schedule(() -> ran.add("due"), Duration.ofSeconds(1)));
        time.awaitTimers(1);
        time.advance(Duration.ofSeconds(1));
        other.join();
        assertEquals(List.of("due"), ran);
    }

    @Test
    void awaitTimers_interrupted_ends() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> time.awaitTimers(1));
    }

    @Test
    void timeSource_sameSeed_sameChance() {
        long first = time.timeSource(42).random().nextLong();
        assertEquals(first, time.timeSource(42).random().nextLong());
        assertTrue(first != time.timeSource(43).random().nextLong());
    }
}
