package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.push.GmailNotification;
import dev.steadymail.gmail.push.GmailNotifications;
import dev.steadymail.gmail.push.GmailPush;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Changed;
import dev.steadymail.watch.WatchEvent.Lost;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchEvent.Watching;
import dev.steadymail.watch.WatchOptions;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GmailWatchTest {
    private static final String USER = "ada@example.com";
    private static final String TOPIC = "projects/p/topics/mail";
    private static final MailboxId INBOX = new MailboxId("INBOX");

    private final ManualTime time = new ManualTime();
    private final FakeGmail server =
            FakeGmail.builder().user(USER, "token").clock(time::now).start();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** Looks that are under way. */
    private final AtomicInteger active = new AtomicInteger();

    private final MailRuntime runtime = MailRuntime.builder()
            .time(time.timeSource(3))
            .workers(this::work)
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private final GmailNotifications notifications = new GmailNotifications();
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
    private final GmailAccount account = GmailAccount.with(Tokens.fixed("token"))
            .user(USER)
            .rootUrl(URI.create(server.rootUrl()))
            .guarded(Unpaced.GUARD);

    @AfterEach
    void close() {
        runtime.close();
        threads.shutdownNow();
        server.close();
    }

    private static final class ListenerError extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void work(Runnable task) {
        active.incrementAndGet();
        threads.execute(() -> {
            try {
                task.run();
            } catch (ListenerError ours) {
                // As an executor does: it has nobody to tell.
            } finally {
                active.decrementAndGet();
            }
        });
    }

    @Test
    void delivery_isToldByTheNextLook_andNothingIsToldWithoutOne() throws InterruptedException {
        watch(account);
        assertEquals(new Watching(Mode.POLL), next());
        assertEquals(new Changed(Set.of(INBOX)), next());
        looks(2);
        assertNull(events.poll());
        deliver("INBOX");
        assertEquals(new Changed(Set.of(INBOX)), awaited());
    }

    @Test
    void whatHappensElsewhere_isNotTold() throws InterruptedException {
        watch(account);
        next();
        next();
        deliver("SPAM");
        looks(2);
        assertNull(events.poll());
    }

    @Test
    void aLook_costsOneRequest() throws InterruptedException {
        watch(account);
        next();
        next();
        server.clearLog();
        looks(5);
        assertTrue(server.log().stream().allMatch(request -> request.path().endsWith("/history")));
    }

    @Test
    void expiredHistory_isAChangeAnywhere() throws InterruptedException {
        watch(account);
        next();
        next();
        deliver("INBOX");
        deliver("INBOX");
        server.mailbox(USER).expireHistoryBefore(server.mailbox(USER).historyId());
        assertEquals(new Changed(Set.of()), awaited());
    }

    @Test
    void failure_isToldAndGotOver() throws InterruptedException {
        watch(account);
        next();
        next();
        server.inject(GmailFault.status(503, "backendError", "Backend Error")
                .onPath("/history")
                .times(2));
        Lost lost = assertInstanceOf(Lost.class, awaited());
        assertEquals(Kind.UNAVAILABLE, lost.cause().kind());
        assertTrue(lost.retryIn().compareTo(Duration.ofMinutes(2)) <= 0);
        assertInstanceOf(Lost.class, awaited());
        deliver("INBOX");
        assertEquals(new Watching(Mode.POLL), awaited());
        assertEquals(new Changed(Set.of(INBOX)), awaited());
    }

    @Test
    void errorOfTheListener_doesNotEndTheWatch() throws InterruptedException {
        MailClient mail = runtime.open(account);
        mail.watch(WatchOptions.INBOX, event -> {
            events.add(event);
            if (event instanceof Changed) {
                throw new ListenerError();
            }
        });
        next();
        next();
        deliver("INBOX");
        assertEquals(new Changed(Set.of(INBOX)), awaited());
        deliver("INBOX");
        assertEquals(new Changed(Set.of(INBOX)), awaited());
    }

    @Test
    void notificationAfterAFailure_isNotLookedAtBeforeTheTimeThatWasTold() throws InterruptedException {
        server.pubSub().subscribe("projects/p/subscriptions/s", TOPIC);
        watch(account.push(new GmailPush(TOPIC, notifications)));
        next();
        next();
        server.inject(GmailFault.status(503, "backendError", "Backend Error")
                .onPath("/history")
                .times(1));
        Lost lost = assertInstanceOf(Lost.class, awaited());
        awaitIdle();
        server.clearLog();
        deliver("INBOX");
        notifyNow();
        time.advance(lost.retryIn().minusMillis(1));
        awaitIdle();
        assertEquals(List.of(), server.log());
        time.advance(Duration.ofMillis(1));
        assertEquals(new Watching(Mode.NOTIFY), next());
    }

    @Test
    void notificationsWithoutEnd_doNotPutOffTheLook() throws InterruptedException {
        server.pubSub().subscribe("projects/p/subscriptions/s", TOPIC);
        watch(account.push(new GmailPush(TOPIC, notifications)));
        next();
        next();
        awaitIdle();
        for (int i = 0; i < 4; i++) {
            deliver("INBOX");
            notifyNow();
            time.advance(Duration.ofMillis(300));
        }
        assertEquals(new Changed(Set.of(INBOX)), next());
    }

    @Test
    void closedWatch_asksNothingMore() throws InterruptedException {
        Watch watch = watch(account);
        next();
        next();
        watch.close();
        watch.close();
        server.clearLog();
        time.advance(Duration.ofHours(1));
        assertEquals(List.of(), server.log());
    }

    @Test
    void notification_isLookedAtWithinASecond_andOldOnesAreNot() throws InterruptedException {
        server.pubSub().subscribe("projects/p/subscriptions/s", TOPIC);
        watch(account.push(new GmailPush(TOPIC, notifications)));
        assertEquals(new Watching(Mode.NOTIFY), next());
        assertEquals(new Changed(Set.of(INBOX)), next());
        deliver("INBOX");
        server.clearLog();
        BigInteger now = BigInteger.valueOf(server.mailbox(USER).historyId());
        notifications.accept(new GmailNotification("Ada@Example.COM", now));
        notifications.accept(new GmailNotification(USER, now));
        awaitIdle();
        time.advance(Duration.ofSeconds(1));
        assertEquals(new Changed(Set.of(INBOX)), next());
        awaitIdle();
        assertEquals(1, server.log().size(), "two notifications, one look");
        notifications.accept(new GmailNotification(USER, now));
        notifications.accept(new GmailNotification("eve@example.com", now.add(BigInteger.TEN)));
        time.advance(Duration.ofSeconds(5));
        assertEquals(1, server.log().size());
    }

    @Test
    void lostNotification_isMadeGoodByAPoll() throws InterruptedException {
        server.pubSub().subscribe("projects/p/subscriptions/s", TOPIC);
        watch(account.push(new GmailPush(TOPIC, notifications)));
        next();
        next();
        Instant before = time.now();
        deliver("INBOX");
        assertEquals(new Changed(Set.of(INBOX)), awaited());
        assertTrue(Duration.between(before, time.now()).compareTo(Duration.ofMinutes(10)) <= 0);
    }

    @Test
    void watch_isRenewedDaily() throws InterruptedException {
        server.pubSub().subscribe("projects/p/subscriptions/s", TOPIC);
        watch(account.push(new GmailPush(TOPIC, notifications)));
        next();
        next();
        Instant end = time.now().plus(Duration.ofDays(3)).plus(Duration.ofHours(1));
        while (time.now().isBefore(end)) {
            looks(1);
            assertNull(events.poll());
        }
        long renewals = server.log().stream()
                .filter(request -> request.path().endsWith("/watch"))
                .count();
        assertEquals(4, renewals);
    }

    @Test
    void topicThatGoogleMayNotPublishTo_leavesPolls() throws InterruptedException {
        server.inject(GmailFault.status(403, "forbidden", "User not authorized")
                .onPath("/watch")
                .always());
        watch(account.push(new GmailPush(TOPIC, notifications)));
        assertEquals(new Watching(Mode.POLL), next());
        assertEquals(new Changed(Set.of(INBOX)), next());
        deliver("INBOX");
        assertEquals(new Changed(Set.of(INBOX)), awaited());
    }

    @Test
    void push_needsANamedUser() {
        GmailPush push = new GmailPush(TOPIC, notifications);
        assertThrows(
                IllegalStateException.class,
                () -> GmailAccount.with(Tokens.fixed("t")).push(push));
        assertThrows(IllegalArgumentException.class, () -> new GmailPush("mail", notifications));
    }

    private Watch watch(GmailAccount watched) {
        MailClient mail = runtime.open(watched);
        return mail.watch(WatchOptions.INBOX, events::add);
    }

    private void notifyNow() {
        notifications.accept(new GmailNotification(
                USER, BigInteger.valueOf(server.mailbox(USER).historyId())));
    }

    private void deliver(String label) {
        server.mailbox(USER).add("Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII), label);
    }

    /** Returns what is told without time passing. */
    private WatchEvent next() throws InterruptedException {
        WatchEvent event = events.poll(10, TimeUnit.SECONDS);
        assertNotNull(event, "nothing was told");
        return event;
    }

    /** Returns what is told next, however long that takes. */
    private WatchEvent awaited() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            WatchEvent event = events.poll();
            if (event != null) {
                return event;
            }
            looks(1);
        }
        throw new AssertionError("nothing was told");
    }

    /** Moves time on until the watch has looked so many times more, or told something. */
    private void looks(int count) {
        for (int i = 0; i < count; i++) {
            int before = server.log().size();
            awaitIdle();
            for (int steps = 0; server.log().size() == before && events.isEmpty(); steps++) {
                assertTrue(steps < 1_000, "no look within hours");
                assertNotEquals(Duration.ZERO, time.advanceToNextTimer(), "nothing is to come");
                awaitIdle();
            }
        }
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
