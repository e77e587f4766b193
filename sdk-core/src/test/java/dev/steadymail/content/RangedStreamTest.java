package dev.steadymail.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.PartRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pieces come in order, none too many, and all of them. */
class RangedStreamTest {
    private static final int RANGE = RangedStream.RANGE;

    private final List<Long> asked = new ArrayList<>();

    @Test
    void everySize_comesWhole_withOneRequestForEachRange() throws IOException {
        for (int size : new int[] {0, 1, RANGE - 1, RANGE, RANGE + 1, 3 * RANGE - 1, 3 * RANGE}) {
            asked.clear();
            byte[] part = octets(size);
            assertArrayEquals(part, open(part, size, 1).readAllBytes(), () -> size + " octets");
            assertEquals(size / RANGE + 1, asked.size(), () -> size + " octets");
        }
    }

    @Test
    void rangesSideBySide_keepTheirOrder() throws IOException {
        byte[] part = octets(9 * RANGE + 7);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            RangedStream stream = new RangedStream(source(part, part.length), 4, threads);
            assertArrayEquals(part, stream.readAllBytes());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noMoreThanSoMany_areAskedForAhead() throws IOException {
        byte[] part = octets(9 * RANGE);
        AtomicInteger given = new AtomicInteger();
        RangedStream stream = new RangedStream(source(part, part.length), 3, task -> given.incrementAndGet());
        stream.skipNBytes(RANGE + 1);
        assertEquals(4, given.get());
        stream.close();
    }

    @Test
    void threadsThatTakeNothing_areNotWaitedFor() throws IOException {
        byte[] part = octets(4 * RANGE);
        RangedStream refused = new RangedStream(source(part, part.length), 2, task -> {
            throw new RejectedExecutionException("busy");
        });
        assertArrayEquals(part, refused.readAllBytes());
        assertArrayEquals(part, new RangedStream(source(part, part.length), 2, task -> {}).readAllBytes());
    }

    @Test
    void otherLengthThanTold_fails() {
        for (int told : new int[] {0, 9, 11, RANGE, RANGE + 1}) {
            assertWrong(octets(10), told);
        }
        for (int told : new int[] {2 * RANGE - 2, 2 * RANGE - 1, 2 * RANGE + 1, 3 * RANGE}) {
            assertWrong(octets(2 * RANGE), told);
        }
    }

    @Test
    void unknownLength_fails() {
        assertWrong(octets(10), -1);
    }

    private void assertWrong(byte[] part, long told) {
        Throwable failure =
                assertThrows(Exception.class, () -> open(part, told, 1).readAllBytes(), () -> "told of " + told);
        MailException reason = (MailException) (failure instanceof IOException ? failure.getCause() : failure);
        assertEquals(Kind.PROTOCOL, reason.kind());
        assertTrue(asked.stream().allMatch(from -> from <= Math.max(told, 0)), asked::toString);
    }

    private RangedStream open(byte[] part, long told, int parallel) {
        return new RangedStream(source(part, told), parallel, task -> {});
    }

    private RangedStream.Source source(byte[] part, long told) {
        return (from, length) -> {
            synchronized (asked) {
                asked.add(from);
            }
            int start = (int) Math.min(from, part.length);
            int end = Math.min(start + length, part.length);
            return PartRange.of("binary", told, Arrays.copyOfRange(part, start, end));
        };
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }
}
