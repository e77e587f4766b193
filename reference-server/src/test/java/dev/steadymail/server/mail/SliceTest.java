package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SliceTest {
    /** An array knows its length, so what comes of it can be told by simple arithmetic. */
    @Test
    void read_anyRange_isTheSameAsOfAnArray() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 3_000; run++) {
            byte[] content = new byte[random.nextInt(60)];
            random.nextBytes(content);
            int most = 1 + random.nextInt(20);
            ByteRange range = range(random);
            Slice slice = Slice.read(trickling(content, random), range, most);
            int first = (int)
                    (range.isOfTheEnd()
                            ? content.length - Math.min(content.length, range.length(most))
                            : Math.min(content.length, range.first()));
            int last = Math.min(content.length, first + range.length(most));
            String told = "seed " + seed + ", run " + run + ", " + range;
            assertArrayEquals(Arrays.copyOfRange(content, first, last), slice.octets(), told);
            assertEquals(
                    first == last
                            ? "bytes */" + content.length
                            : "bytes " + first + "-" + (last - 1) + "/" + content.length,
                    slice.place(),
                    told);
        }
    }

    private static ByteRange range(Random random) {
        long first = random.nextInt(80) - 20L;
        return first < 0 || random.nextBoolean()
                ? new ByteRange(first, Long.MAX_VALUE)
                : new ByteRange(first, first + random.nextInt(70));
    }

    /** Gives a few octets at a time, as networks do. */
    private static InputStream trickling(byte[] content, Random random) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(9)));
            }
        };
    }
}
