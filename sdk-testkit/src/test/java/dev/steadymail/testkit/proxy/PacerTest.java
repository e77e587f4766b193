package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long MILLI = 1_000_000;

    @Test
    void portions_areATwentiethOfASecondAndAtLeastAnOctet() {
        assertEquals(50, new Pacer(1_000, 0).portion());
        assertEquals(1, new Pacer(19, 0).portion());
    }

    @Test
    void lateness_isMadeUpFor() {
        Pacer pacer = new Pacer(1_000, 0);
        pacer.spent(50, 0);
        assertEquals(50 * MILLI, pacer.freeAt());
        pacer.spent(50, 60 * MILLI);
        assertEquals(100 * MILLI, pacer.freeAt());
    }

    @Test
    void aLongPause_earnsOnePortion() {
        Pacer pacer = new Pacer(1_000, 0);
        pacer.spent(50, 3_000 * MILLI);
        assertEquals(3_000 * MILLI, pacer.freeAt());
        pacer.spent(50, 3_000 * MILLI);
        assertEquals(3_050 * MILLI, pacer.freeAt());
    }

    @Test
    void nanoTimeMayOverflow() {
        long start = Long.MAX_VALUE - 10 * MILLI;
        Pacer pacer = new Pacer(1_000, start);
        pacer.spent(50, start);
        assertEquals(50 * MILLI, pacer.freeAt() - start);
        pacer.spent(50, start + 60 * MILLI);
        assertEquals(100 * MILLI, pacer.freeAt() - start);
    }
}
