package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Octets changed, cut out, doubled and put in at random: whatever comes, the reader ends, keeps within its limits and throws nothing
 * but what it says. {@code -Dsteadymail.seed=N} plays a failed round again, {@code -Dsteadymail.runs=N} plays more.
 */
class MutatedResponsesTest {
    private static final long FIRST = Long.getLong("steadymail.seed", System.nanoTime() & 0xFFFF_FFFFL);
    private static final int RUNS = Integer.getInteger("steadymail.runs", 20_000);
    private static final byte[] TELLING =
            "(){}[]\"\\\r\n *+~<>0aN".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Test
    void mutatedResponses_neverThrowOutOfTheReader() {
        for (int run = 0; run < RUNS; run++) {
            long seed = FIRST + run;
            try {
                play(new Random(seed));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
                throw new AssertionError("with -Dsteadymail.seed=" + seed + " -Dsteadymail.runs=1", failure);
            }
        }
    }

    private static void play(Random random) {
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

    private static byte[] changed(byte[] octets, Random random) {
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
