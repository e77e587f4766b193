package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is asked for at once follows from how fast it came. */
class PaceTest {
    private final Pace pace = new Pace();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 16",
        "1, 200, 16",
        "1, 1000, 4",
        "1, 4000, 1",
        "1, 60000, 1",
        "16, 4000, 16",
        "16, 2000, 32",
        "16, 8000, 8",
        "64, 10, 256",
        "256, 10, 256",
        "256, 16000, 64",
        "256, 4000000, 1"
    })
    void nextOne_isWhatComesInFourSeconds(int asked, long millis, int next) {
        pace.took(asked, TimeUnit.MILLISECONDS.toNanos(millis));
        assertEquals(next, pace.factor());
    }

    @Test
    void answerThatBreaks_isBegunAgainWithLittle() {
        pace.took(16, 1);
        pace.broke();
        assertEquals(1, pace.factor());
    }

    @Test
    void factor_keepsItsBounds_whateverIsMeasured() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            pace.took(1 + random.nextInt(Pace.MOST), random.nextLong() >>> random.nextInt(64));
            assertTrue(pace.factor() >= 1 && pace.factor() <= Pace.MOST, () -> "seed " + seed + ": " + pace.factor());
        }
    }
}
