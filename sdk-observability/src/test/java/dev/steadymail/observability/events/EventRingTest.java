package dev.steadymail.observability.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is lost, doubled or put out of order, whoever puts and takes at once. */
class EventRingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 100})
    void ring_holdsItsCapacity_inOrder(int capacity) {
        EventRing ring = new EventRing(capacity);
        for (int lap = 0; lap < 5; lap++) {
            List<ClientEvent> put = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                RequestEvent event = Samples.request(i);
                put.add(event);
                assertEquals((long) lap * capacity + i, ring.offer(event));
            }
            assertEquals(EventRing.FULL, ring.offer(Samples.request(-1)));
            assertEquals(capacity, ring.size());
            put.forEach(event -> assertSame(event, ring.poll()));
            assertNull(ring.poll());
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 1000", "4, 4, 7", "2, 3, 1", "8, 2, 64"})
    void manyThreads_loseNothing_andKeepTheOrderOfEach(int putting, int taking, int capacity) throws Exception {
        int each = 40_000;
        EventRing ring = new EventRing(capacity);
        AtomicBoolean over = new AtomicBoolean();
        CyclicBarrier together = new CyclicBarrier(putting + taking);
        ExecutorService pool = Executors.newFixedThreadPool(putting + taking);
        try {
            List<Future<Long>> puts = new ArrayList<>();
            List<Future<long[]>> takes = new ArrayList<>();
            for (int thread = 0; thread < putting; thread++) {
                puts.add(pool.submit(putter(ring, thread, each, together)));
            }
            for (int thread = 0; thread < taking; thread++) {
                takes.add(pool.submit(taker(ring, putting, over, together)));
            }
            long put = 0;
            for (Future<Long> done : puts) {
                put += done.get(1, TimeUnit.MINUTES);
            }
            over.set(true);
            long taken = 0;
            for (Future<long[]> done : takes) {
                taken += done.get(1, TimeUnit.MINUTES)[putting];
            }
            assertEquals(put, taken);
            assertEquals(put, ring.tail());
            assertEquals(put, ring.head());
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
    }

    /** Numbers its events, and answers how many found room. */
    private static Callable<Long> putter(EventRing ring, int thread, int count, CyclicBarrier together) {
        return () -> {
            together.await(1, TimeUnit.MINUTES);
            long put = 0;
            for (int number = 0; number < count; number++) {
                RequestEvent event = new RequestEvent(
                        Samples.AT,
                        Samples.ADA,
                        Protocol.IMAP,
                        "UID FETCH",
                        Lane.DELTA,
                        thread,
                        number,
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        null);
                if (ring.offer(event) != EventRing.FULL) {
                    put++;
                }
            }
            return put;
        };
    }

    /** Takes until all is over and the ring is empty; what it takes of one thread only grows. */
    private static Callable<long[]> taker(EventRing ring, int putting, AtomicBoolean over, CyclicBarrier together) {
        return () -> {
            together.await(1, TimeUnit.MINUTES);
            long[] lastAndCount = new long[putting + 1];
            while (true) {
                boolean last = over.get();
                ClientEvent event = ring.poll();
                if (event == null) {
                    if (last) {
                        return lastAndCount;
                    }
                    Thread.onSpinWait();
                    continue;
                }
                RequestEvent request = (RequestEvent) event;
                assertTrue(
                        request.units() + 1 > lastAndCount[request.attempt()],
                        "thread " + request.attempt() + " was out of order");
                lastAndCount[request.attempt()] = request.units() + 1L;
                lastAndCount[putting]++;
            }
        };
    }

    @Test
    void isFilled_onlyWhereSomethingIs() {
        EventRing ring = new EventRing(4);
        assertFalse(ring.isFilled());
        assertEquals(0, ring.offer(Samples.request(1)));
        assertTrue(ring.isFilled());
    }
}
