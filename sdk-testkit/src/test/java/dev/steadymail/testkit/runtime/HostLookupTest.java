package dev.steadymail.testkit.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailRuntime;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.time.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A runtime's resolver answers in time, whatever the one below does. */
class HostLookupTest {
    private static final List<InetAddress> LOOPBACK = List.of(InetAddress.getLoopbackAddress());

    private final ManualTime time = new ManualTime();
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final MailRuntime runtime = MailRuntime.builder()
            .time(time.timeSource(1))
            .resolver(this::lookUp)
            .build();
    private final HostResolver resolver = runtime.resolver();

    @AfterEach
    void close() {
        answer.countDown();
        runtime.close();
    }

    @Test
    void answer_isThatOfTheGivenResolver_andLeavesNoTimer() throws Exception {
        answer.countDown();
        assertEquals(LOOPBACK, resolver.resolve("there.example"));
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void refusal_isThatOfTheGivenResolver() {
        answer.countDown();
        UnknownHostException refusal = assertThrows(UnknownHostException.class, () -> resolver.resolve("gone.example"));
        assertEquals("not here", refusal.getMessage());
    }

    @Test
    void silence_endsAfterTenSeconds_andTheNextQuestionIsAskedAnew() throws Exception {
        CompletableFuture<List<InetAddress>> asked = ask();
        time.awaitTimers(1);
        time.advance(Duration.ofMillis(9_999));
        assertFalse(asked.isDone());
        time.advance(Duration.ofMillis(1));
        assertEquals(Kind.TIMEOUT, failure(asked).kind());
        answer.countDown();
        assertEquals(LOOPBACK, resolver.resolve("there.example"));
        assertEquals(2, lookups.get());
    }

    @Test
    void oneHostAtTheSameTime_isLookedUpOnce() throws Exception {
        List<CompletableFuture<List<InetAddress>>> asked = List.of(ask(), ask(), ask());
        for (Thread caller : callers) {
            awaitWaiting(caller);
        }
        answer.countDown();
        for (CompletableFuture<List<InetAddress>> each : asked) {
            assertEquals(LOOPBACK, each.get(10, TimeUnit.SECONDS));
        }
        assertEquals(1, lookups.get());
    }

    @Test
    void interruptedCaller_waitsNoLonger() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            kind.complete(assertThrows(MailException.class, () -> resolver.resolve("there.example"))
                    .kind());
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        time.awaitTimers(1);
        caller.interrupt();
        assertEquals(Kind.CANCELLED, kind.get(10, TimeUnit.SECONDS));
        caller.join(Duration.ofSeconds(10).toMillis());
        assertTrue(flag.get());
    }

    @Test
    void proxies_areAllowedForTheSystemsResolverOnly() {
        assertFalse(resolver.allowsProxies());
        try (MailRuntime other = MailRuntime.create()) {
            assertTrue(other.resolver().allowsProxies());
            assertSame(other.resolver(), other.resolver());
        }
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        try {
            assertTrue(answer.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        if (host.startsWith("gone")) {
            throw new UnknownHostException("not here");
        }
        return LOOPBACK;
    }

    private CompletableFuture<List<InetAddress>> ask() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return resolver.resolve("there.example");
                    } catch (UnknownHostException unknown) {
                        throw new IllegalStateException(unknown);
                    }
                },
                this::start);
    }

    private void start(Runnable question) {
        Thread caller = new Thread(question);
        callers.add(caller);
        caller.start();
    }

    private static void awaitWaiting(Thread caller) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (caller.getState() != Thread.State.WAITING) {
            assertTrue(System.nanoTime() - end < 0, "the caller never waited");
            Thread.onSpinWait();
        }
    }

    private static MailException failure(CompletableFuture<?> asked) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> asked.get(10, TimeUnit.SECONDS));
        return (MailException) failed.getCause();
    }
}
