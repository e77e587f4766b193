package dev.steadymail.imap.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.budget.HostBudget.Permit;
import dev.steadymail.imap.budget.HostBudget.Watcher;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Time stands still but for {@link #advance}; a deadline in the past asks without waiting. */
class HostBudgetTest {
    private final AtomicLong nanos = new AtomicLong();
    private final HostBudget budget = new HostBudget(nanos::get);

    @Test
    void tenASecond_andNoMore() {
        take(10);
        assertRefused();
        advance(Duration.ofMillis(999));
        assertRefused();
        advance(Duration.ofMillis(1));
        take(10);
        assertRefused();
    }

    @Test
    void perMinute_countsAWindow_thatIsALittleLonger() {
        budget.limit(100, 3);
        take(2);
        advance(Duration.ofSeconds(30));
        take(1);
        assertRefused();
        advance(Duration.ofSeconds(32));
        assertRefused();
        advance(Duration.ofSeconds(1));
        take(2);
        assertRefused();
    }

    @Test
    void anyHistory_keepsBothPaces() {
        budget.limit(Integer.MAX_VALUE, 25);
        List<Long> taken = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            if (ask() != null) {
                taken.add(nanos.get());
            } else {
                advance(Duration.ofMillis(50));
            }
        }
        for (int i = 0; i < taken.size(); i++) {
            assertTrue(i < 10
                    || taken.get(i) - taken.get(i - 10) >= Duration.ofSeconds(1).toNanos());
            assertTrue(i < 25
                    || taken.get(i) - taken.get(i - 25) >= Duration.ofMinutes(1).toNanos());
        }
        assertTrue(taken.size() >= 50, () -> "so many were taken: " + taken.size());
    }

    @Test
    void cap_countsWhatIsOpen_andAPermitIsGivenBackOnce() {
        budget.limit(2, 100);
        List<Permit> permits = take(2);
        assertRefused();
        permits.get(0).giveBack();
        permits.get(0).giveBack();
        take(1);
        assertRefused();
    }

    @Test
    void whereAllAreTaken_holdersAreAskedInTurn() {
        budget.limit(2, 100);
        List<Permit> permits = take(2);
        List<String> asked = new CopyOnWriteArrayList<>();
        budget.join(() -> !asked.add("a"));
        budget.join(() -> {
            asked.add("b");
            permits.get(0).giveBack();
            return true;
        });
        take(1);
        assertEquals(List.of("a", "b"), asked);
    }

    @Test
    void firstComeFirstServed() throws Exception {
        budget.limit(1, 100);
        Permit only = take(1).get(0);
        AtomicInteger waiting = new AtomicInteger();
        CompletableFuture<Permit> first = waitFor(waiting);
        await(waiting, 1);
        CompletableFuture<Permit> second = waitFor(waiting);
        await(waiting, 2);
        only.giveBack();
        Permit next = first.get(10, TimeUnit.SECONDS);
        assertFalse(second.isDone());
        next.giveBack();
        second.get(10, TimeUnit.SECONDS).giveBack();
    }

    @Test
    void nobodyWaitsAnyMore_isNoticedWhenWoken() throws Exception {
        budget.limit(1, 100);
        take(1);
        AtomicInteger unwanted = new AtomicInteger();
        CompletableFuture<Permit> waiting = CompletableFuture.supplyAsync(
                () -> budget.acquire(later(), () -> unwanted.get() > 0), task -> new Thread(task).start());
        unwanted.set(1);
        budget.wake();
        Exception failure = assertThrows(Exception.class, () -> waiting.get(10, TimeUnit.SECONDS));
        assertEquals(Kind.CANCELLED, ((MailException) failure.getCause()).kind());
    }

    @Test
    void watchersThatAreNotTooMany_allWatch() {
        budget.limit(10, 100);
        for (int i = 0; i < 10; i++) {
            assertTrue(budget.startWatching(new Plain(false)));
        }
        assertFalse(budget.isCrowded());
    }

    @Test
    void whereWatchersAreTooMany_fourFifthsAreForThem_andAPreferredOneTakesAPlace() {
        budget.limit(10, 100);
        List<Plain> watchers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            watchers.add(new Plain(false));
            assertTrue(budget.startWatching(watchers.get(i)));
        }
        assertFalse(budget.startWatching(new Plain(false)));
        assertEquals(2, gaveWay(watchers));
        assertTrue(budget.isCrowded());
        Plain preferred = new Plain(true);
        assertTrue(budget.startWatching(preferred));
        assertEquals(3, gaveWay(watchers));
        budget.stopWatching(preferred);
        assertTrue(budget.startWatching(new Plain(false)));
    }

    private static int gaveWay(List<Plain> watchers) {
        return watchers.stream().mapToInt(each -> each.gaveWay).sum();
    }

    @Test
    void onePreferred_doesNotDisplaceAnother() {
        budget.limit(2, 100);
        Plain first = new Plain(true);
        assertTrue(budget.startWatching(first));
        assertTrue(budget.startWatching(new Plain(true)));
        assertFalse(budget.startWatching(new Plain(true)));
        assertEquals(0, first.gaveWay);
    }

    private CompletableFuture<Permit> waitFor(AtomicInteger waiting) {
        int turn = waiting.get() + 1;
        return CompletableFuture.supplyAsync(
                () -> budget.acquire(later(), () -> {
                    int unused = waiting.accumulateAndGet(turn, Math::max);
                    return false;
                }),
                task -> new Thread(task).start());
    }

    private static void await(AtomicInteger waiting, int count) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (waiting.get() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(count, waiting.get());
    }

    private List<Permit> take(int count) {
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            permits.add(budget.acquire(past(), () -> false));
        }
        return permits;
    }

    private @Nullable Permit ask() {
        try {
            return budget.acquire(past(), () -> false);
        } catch (MailException refused) {
            assertEquals(Kind.DEADLINE, refused.kind());
            return null;
        }
    }

    private void assertRefused() {
        assertEquals(null, ask());
    }

    private void advance(Duration step) {
        long unused = nanos.addAndGet(step.toNanos());
    }

    private Deadline past() {
        return new Deadline(nanos.get(), nanos::get);
    }

    private static Deadline later() {
        return new Deadline(System.nanoTime() + Duration.ofSeconds(30).toNanos(), System::nanoTime);
    }

    private static final class Plain implements Watcher {
        private final boolean preferred;
        private int gaveWay;

        Plain(boolean preferred) {
            this.preferred = preferred;
        }

        @Override
        public boolean isPreferred() {
            return preferred;
        }

        @Override
        public void giveWay() {
            gaveWay++;
        }
    }
}
