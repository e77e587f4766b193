package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Octets changed, cut out, doubled and put in at random: whatever comes, the reader ends, keeps within its limits and throws nothing
 * but what it says. {@code -Dsteadymail.seed=N} plays a failed input again, {@code -Dsteadymail.runs=N} plays more, and
 * {@code -Dsteadymail.minutes=N} plays rounds of so many until the time is over, with a line about each minute.
 */
class MutatedResponsesTest {
    private static final long FIRST = Long.getLong("steadymail.seed", System.nanoTime() & 0xFFFF_FFFFL);
    private static final int RUNS = Integer.getInteger("steadymail.runs", 20_000);
    private static final Duration MINUTES = Duration.ofMinutes(Integer.getInteger("steadymail.minutes", 0));
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);
    private static final byte[] TELLING = "(){}[]\"\\\r\n *+~<>0aN".getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong seed = new AtomicLong(FIRST);

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS) // a round has its own
    void mutatedResponses_neverThrowOutOfTheReader() {
        FuzzProgress progress = new FuzzProgress(MINUTES);
        do {
            long end = seed.get() + RUNS;
            assertTimeoutPreemptively(LONGEST_ROUND, () -> playUntil(end), this::replay);
        } while (progress.goesOnAfter(RUNS, seed.get()));
    }

    private void playUntil(long end) {
        for (; seed.get() < end; seed.incrementAndGet()) {
            try {
                // Mixes well from seeds that follow each other, where Random would begin alike.
                play(new SplittableRandom(seed.get()));
            } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError failure) {
                throw new AssertionError(replay(), failure);
            }
        }
    }

    private String replay() {
        return "with -Dsteadymail.seed=" + seed + " -Dsteadymail.runs=1";
    }

    private static void play(RandomGenerator random) {
        byte[] octets = Samples.ALL.get(random.nextInt(Samples.ALL.size()));
        for (int change = random.nextInt(6); change >= 0; change--) {
            octets = changed(octets, random);
        }
        Transcript transcript = new Transcript(CodecLimits.DEFAULTS);
        try {
            transcript.feed(octets);
        } catch (ResponseLimitException refused) {
            return;
        }
        assertTrue(transcript.responses.size() <= octets.length);
    }

    private static byte[] changed(byte[] octets, RandomGenerator random) {
        if (octets.length == 0) {
            return TELLING.clone();
        }
        int at = random.nextInt(octets.length);
        int to = Math.min(octets.length, at + 1 + random.nextInt(8));
        byte telling = TELLING[random.nextInt(TELLING.length)];
        byte[] changed = octets.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed[at] = telling;
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> changed = joined(Arrays.copyOf(octets, at), Arrays.copyOfRange(octets, to, octets.length));
            default -> changed = joined(Arrays.copyOf(octets, to), Arrays.copyOfRange(octets, at, octets.length));
        }
        return changed;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
