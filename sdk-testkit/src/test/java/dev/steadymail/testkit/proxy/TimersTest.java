package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> done = new ArrayList<>();

    @Test
    void dueTimers_runInTheirOrder() {
        long past = System.nanoTime() - 10;
        timers.at(past + 1, () -> done.add("second"));
        timers.at(past, () -> done.add("first"));
        timers.at(past + 1, () -> done.add("third"));
        timers.runDue();
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(0, timers.selectMillis());
    }

    @Test
    void laterTimers_waitOrAreCancelled() {
        Timers.Timer later = timers.at(System.nanoTime() + Duration.ofHours(1).toNanos(), () -> done.add("later"));
        timers.runDue();
        assertEquals(List.of(), done);
        assertTrue(timers.selectMillis() > 0);
        timers.cancel(later);
        assertEquals(0, timers.selectMillis());
    }

    @Test
    void overdueTimers_neverLetASelectorWaitForEver() {
        timers.at(System.nanoTime() - Duration.ofSeconds(1).toNanos(), () -> done.add("overdue"));
        assertEquals(1, timers.selectMillis());
    }
}
