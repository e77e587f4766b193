package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever pieces the octets arrive in, the reader hands on the same. */
class AnySplitTest {
    private static final long SEED = Long.getLong("steadymail.seed", System.nanoTime());
    private static final int ROUNDS = 300;

    @Test
    void cutAnywhere_readsTheSame() {
        for (byte[] sample : Samples.ALL) {
            String whole = Transcript.of(sample).whole();
            for (int cut = 1; cut < sample.length; cut++) {
                String split = Transcript.of(sample, CodecLimits.DEFAULTS, cut, sample.length)
                        .whole();
                assertEquals(whole, split, "cut after " + cut + " octets");
            }
            assertEquals(whole, Transcript.of(sample, CodecLimits.DEFAULTS, 1).whole());
        }
    }

    @Test
    void cutInRandomPieces_readsTheSame_withinNarrowLimitsToo() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] sample = Samples.ALL.get(random.nextInt(Samples.ALL.size()));
            CodecLimits limits = new CodecLimits(
                    20, 40 + random.nextInt(60), 40 + random.nextInt(60), 40 + random.nextInt(60), 2, 12);
            int[] pieces = random.ints(5, 1, 9).toArray();
            assertEquals(
                    Transcript.of(sample, limits, sample.length).whole(),
                    Transcript.of(sample, limits, pieces).whole(),
                    () -> "-Dsteadymail.seed=" + SEED);
        }
    }
}
