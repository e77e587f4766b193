package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.push.GmailNotification;
import dev.steadymail.gmail.push.GmailNotifications;
import dev.steadymail.gmail.push.GmailPush;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Changed;
import dev.steadymail.watch.WatchOptions;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pushes are hints: what becomes of them changes when a change is told, within a bound, and never whether. */
@Timeout(120)
class GmailPushFaultsTest {
    private static final String USER = "ada@example.com";
    private static final String TOPIC = "projects/p/topics/mail";
    private static final Duration MOST = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();
    private final FakeGmail server =
            FakeGmail.builder().user(USER, "token").clock(time::now).start();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger active = new AtomicInteger();
    private final MailRuntime runtime = MailRuntime.builder()
            .time(time.timeSource(3))
            .workers(this::work)
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private final GmailNotifications notifications = new GmailNotifications();
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        runtime.close();
        threads.shutdownNow();
        server.close();
    }

    /** Half of them never come, half of the others come twice, and old ones come after new ones. */
    @Test
    void pushesLostDoubledAndOutOfOrder_leaveNoChangeUntoldForTenMinutes() throws InterruptedException {
        long seed = Long.getLong("steadymail.seed", 20_261_129L);
        System.out.println("pushes: -Dsteadymail.seed=" + seed);
        Random random = new Random(seed);
        watch();
        List<GmailNotification> late = new ArrayList<>();
        int looks = 0;
        int told = 0;
        for (int i = 0; i < 60; i++) {
            server.clearLog();
            deliver();
            Instant delivered = time.now();
            List<GmailNotification> pushed = pushes(random, late);
            pushed.forEach(notifications::accept);
            told += pushed.stream().anyMatch(one -> isNew(one)) ? 1 : 0;
            awaitChange();
            assertTrue(Duration.between(delivered, time.now()).compareTo(MOST) <= 0, "seed " + seed + ", change " + i);
            looks += requests("/history");
            time.advance(Duration.ofSeconds(random.nextInt(30)));
            awaitIdle();
        }
        assertEquals(60, looks, "one look a change, seed " + seed);
        assertTrue(told > 15 && told < 45, told + " pushes of the newest change");
    }

    private boolean isNew(GmailNotification one) {
        return one.historyId().equals(BigInteger.valueOf(server.mailbox(USER).historyId()));
    }

    private List<GmailNotification> pushes(Random random, List<GmailNotification> late) {
        List<GmailNotification> pushed = new ArrayList<>();
        GmailNotification now = new GmailNotification(
                USER, BigInteger.valueOf(server.mailbox(USER).historyId()));
        if (random.nextBoolean()) {
            pushed.addAll(Collections.nCopies(1 + random.nextInt(2), now));
        } else if (random.nextBoolean()) {
            late.add(now);
        }
        if (!late.isEmpty() && random.nextInt(3) == 0) {
            pushed.add(late.remove(0));
        }
        Collections.shuffle(pushed, random);
        return pushed;
    }

    @Test
    void pushesForNobodyAndOldOnes_costNoRequest() throws InterruptedException {
        watch();
        server.clearLog();
        BigInteger now = BigInteger.valueOf(server.mailbox(USER).historyId());
        for (int i = 0; i < 100; i++) {
            notifications.accept(new GmailNotification("eve@example.com", now.add(BigInteger.valueOf(i))));
            notifications.accept(new GmailNotification(USER, now.subtract(BigInteger.valueOf(i))));
        }
        time.advance(Duration.ofMinutes(1));
        awaitIdle();
        assertEquals(List.of(), server.log());
    }

    @Test
    void watchThatExpiredWhileWeWereDown_isMadeAgainAtOnce_andTheGapIsTold() throws InterruptedException {
        MailClient before = watch();
        before.close();
        time.advance(Duration.ofDays(8));
        deliver();
        server.clearLog();
        events.clear();
        watch();
        assertEquals(1, requests("/watch"));
        assertEquals(0, events.size(), "the first look tells once that anything may have changed");
    }

    /** Begins to watch and takes what is told at the beginning. */
    private MailClient watch() throws InterruptedException {
        server.pubSub().subscribe("projects/p/subscriptions/s", TOPIC);
        MailClient mail = runtime.open(GmailAccount.with(Tokens.fixed("token"))
                .user(USER)
                .rootUrl(URI.create(server.rootUrl()))
                .guarded(Unpaced.GUARD)
                .push(new GmailPush(TOPIC, notifications)));
        mail.watch(WatchOptions.INBOX, events::add);
        assertEquals(new WatchEvent.Watching(WatchEvent.Mode.NOTIFY), events.poll(10, TimeUnit.SECONDS));
        assertTrue(events.poll(10, TimeUnit.SECONDS) instanceof Changed);
        awaitIdle();
        return mail;
    }

    private void awaitChange() {
        awaitIdle();
        for (int steps = 0; events.isEmpty(); steps++) {
            assertTrue(steps < 1_000, "nothing was told");
            assertNotEquals(Duration.ZERO, time.advanceToNextTimer(), "nothing is to come");
            awaitIdle();
        }
        assertTrue(events.stream().allMatch(event -> event instanceof Changed), events::toString);
        events.clear();
    }

    private void deliver() {
        server.mailbox(USER).add("Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII), "INBOX");
    }

    private int requests(String path) {
        return (int) server.log().stream()
                .filter(request -> request.path().endsWith(path))
                .count();
    }

    private void work(Runnable task) {
        active.incrementAndGet();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                active.decrementAndGet();
            }
        });
    }

    /** A look that has begun needs real time, in which ours must stand still. */
    private void awaitIdle() {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (active.get() > 0) {
            assertTrue(System.nanoTime() < patience, "a look did not end");
            Thread.onSpinWait();
        }
    }
}
