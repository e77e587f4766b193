package dev.steadymail.benchmarks.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Allocation does not depend on the machine, so it is held here; how long it takes is measured on demand. */
class EventHandOffTest {
    private static final int CALLS = 200_000;
    private static final double MOST = 40;

    @Test
    void handOff_allocatesFortyBytesAtMost() {
        EventHandOff handOff = new EventHandOff();
        handOff.fill();
        bytesPerCall(handOff::batcherTaken);
        for (Runnable call :
                new Runnable[] {handOff::batcherTaken, handOff::batcherFullDropsOldest, handOff::batcherFullDropsNewest
                }) {
            double bytes = bytesPerCall(call);
            assertTrue(bytes <= MOST, () -> bytes + " bytes a call");
        }
        handOff.end();
        assertEquals(2L * CALLS, handOff.batcher().statistics().offered());
    }

    private static double bytesPerCall(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
}
