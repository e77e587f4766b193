package dev.steadymail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hostile messages cost is bounded: what is kept, how deep it is, and what is allocated for each octet. */
class MimeBombsTest {
    private static final Map<Bombs, Set<MimeLimit>> REACHED = Map.ofEntries(
            Map.entry(Bombs.DEPTH, Set.of(MimeLimit.DEPTH)),
            Map.entry(Bombs.PARTS, Set.of(MimeLimit.PARTS)),
            Map.entry(Bombs.EMPTY_PARTS, Set.of(MimeLimit.PARTS)),
            Map.entry(Bombs.LINE_OF_BODY, Set.of(MimeLimit.CONTENT)),
            Map.entry(Bombs.LINE_OF_BASE64, Set.of(MimeLimit.CONTENT)),
            Map.entry(Bombs.LINE_OF_HEADER, Set.of(MimeLimit.LINE)),
            Map.entry(Bombs.FOLDED_HEADER, Set.of(MimeLimit.HEADER)),
            Map.entry(Bombs.HEADERS, Set.of(MimeLimit.HEADERS)),
            Map.entry(Bombs.LINES, Set.of(MimeLimit.CONTENT)),
            Map.entry(Bombs.QUOTED_PRINTABLE, Set.of()),
            Map.entry(Bombs.PARAMETERS, Set.of(MimeLimit.LINE)),
            Map.entry(Bombs.FIELDS_AND_PARTS, Set.of(MimeLimit.PARTS)),
            Map.entry(Bombs.PREAMBLE, Set.of(MimeLimit.CONTENT)),
            Map.entry(Bombs.NEARLY_BOUNDARIES, Set.of()),
            Map.entry(Bombs.LONG_BOUNDARY, Set.of(MimeLimit.BOUNDARY, MimeLimit.CONTENT)));

    /** The largest take seconds; sixteen times less is beyond every limit still, except where the limit itself is larger. */
    private static long size(Bombs bomb) {
        boolean counted = bomb == Bombs.DEPTH || bomb == Bombs.PARTS || bomb == Bombs.EMPTY_PARTS;
        return counted ? bomb.size : Math.max(bomb.size >> 4, Math.min(bomb.size, 50L << 20));
    }

    @ParameterizedTest
    @EnumSource
    void bomb_endsInItsLimit(Bombs bomb) throws IOException {
        ParsedEmail email = MimeReader.usual().read(bomb.of(size(bomb)));
        assertEquals(REACHED.get(bomb), email.limits());
        // The outermost is no level, and what is in the innermost is a part.
        assertTrue(depth(email.root()) <= MimeLimits.DEFAULT.maxDepth() + 2);
        assertTrue(email.root().walk().count() <= MimeLimits.DEFAULT.maxParts() + 2L);
        assertTrue(email.root().walk().mapToLong(ParsedPart::size).sum() <= MimeLimits.DEFAULT.maxContentBytes());
    }

    /** For the table of docs/mime.md: {@code -Dsteadymail.bombs=full -DargLine=-Xmx64m}. */
    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "steadymail.bombs", matches = "full")
    void bombOfItsWholeSize_endsInItsLimit(Bombs bomb) throws IOException {
        // One after the other: each holds as much as the limit on contents lets it.
        long steps = steps(bomb.of(bomb.size));
        long start = System.nanoTime();
        Set<MimeLimit> limits = MimeReader.usual().read(bomb.of(bomb.size)).limits();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("| %s | %,d | %.2f |%n", bomb, steps, seconds);
        assertEquals(REACHED.get(bomb), limits);
    }

    /** Twice the input is twice the steps at most, and something for what is there once. */
    @ParameterizedTest
    @EnumSource
    void twiceTheOctets_areReadTwiceAtMost(Bombs bomb) throws IOException {
        long half = Math.max(1, size(bomb) / 8);
        long once = steps(bomb.of(half));
        long twice = steps(bomb.of(2 * half));
        assertTrue(twice <= 2.5 * once + 100, once + " steps, then " + twice);
    }

    @Test
    void bodyOfOneLine_isHeldOnce() throws IOException {
        MimeReader reader = MimeReader.within(MimeLimits.DEFAULT.withMaxContentBytes(8 << 20));
        ParsedEmail unusedWarmUp = reader.read(Bombs.LINE_OF_BODY.of(1 << 20));
        long before = allocated();
        ParsedEmail email = reader.read(Bombs.LINE_OF_BODY.of(64 << 20));
        long bytes = allocated() - before;
        assertEquals(8 << 20, email.root().size());
        assertTrue(bytes < 12 << 20, bytes + " bytes were allocated");
    }

    /** Reads of the source, and allocations by the kilobyte: what a quadratic reader would show in one of them. */
    private static long steps(InputStream message) throws IOException {
        long[] reads = {0};
        InputStream counted = new FilterInputStream(message) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                reads[0]++;
                return super.read(buffer, offset, length);
            }
        };
        long before = allocated();
        ParsedEmail unusedResult = MimeReader.usual().read(counted);
        return reads[0] + ((allocated() - before) >> 10);
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static int depth(ParsedPart part) {
        return 1 + part.parts().stream().mapToInt(MimeBombsTest::depth).max().orElse(0);
    }
}
