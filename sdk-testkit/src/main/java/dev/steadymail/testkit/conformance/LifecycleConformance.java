package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.conformance.MailFixture.Stall;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever gives up or closes is free at once, and nothing stays behind. */
abstract class LifecycleConformance {
    private static final Duration PROMPT = Duration.ofSeconds(5);
    private static final int CALLERS = 4;

    abstract Session session();

    @Test
    void call_interrupted_isCancelledPromptlyAndStaysInterrupted() throws InterruptedException {
        try (Stall stall = stall()) {
            Caller caller = Caller.start(session().client());
            assertTrue(stall.awaitRequest(PROMPT), "no request came");
            caller.thread.interrupt();
            assertEquals(Kind.CANCELLED, caller.failure());
            assertTrue(caller.interrupted, "the interrupt flag was lost");
        }
    }

    @Test
    void close_whileServerIsSilent_endsCallsWithCancelled() throws InterruptedException {
        try (Stall stall = stall()) {
            Caller caller = Caller.start(session().client());
            assertTrue(stall.awaitRequest(PROMPT), "no request came");
            assertTimeout(PROMPT, session().client()::close);
            assertEquals(Kind.CANCELLED, caller.failure());
        }
    }

    @Test
    void close_whileBusy_endsEveryCallWithCancelled() throws InterruptedException {
        session().deliverMany(3);
        List<Caller> callers = Stream.generate(() -> Caller.start(session().client()))
                .limit(CALLERS)
                .toList();
        for (Caller caller : callers) {
            caller.awaitFirstAnswer();
        }
        assertTimeout(PROMPT, session().client()::close);
        for (Caller caller : callers) {
            assertEquals(Kind.CANCELLED, caller.failure());
        }
    }

    @Test
    void close_oneClient_leavesTheOthersOpen() {
        MailClient other = session().runtime().open(session().fixture().account());
        other.mailboxes().list();
        session().client().close();
        assertFalse(other.mailboxes().list().isEmpty());
    }

    @Test
    void close_runtime_leavesNoThread() throws InterruptedException {
        Set<Thread> before = steadymailThreads();
        try (MailRuntime own = MailRuntime.create();
                MailClient client = own.open(session().fixture().account())) {
            client.mailboxes().list();
        }
        for (Thread thread : steadymailThreads()) {
            if (!before.contains(thread)) {
                thread.join(PROMPT.toMillis());
                assertFalse(thread.isAlive(), () -> thread.getName() + " is still there");
            }
        }
    }

    private Stall stall() {
        Optional<Stall> stall = session().fixture().stall();
        assumeTrue(stall.isPresent(), "the fixture cannot stall its server");
        return stall.orElseThrow();
    }

    /** Virtual threads are not listed and keep nothing alive. Threads of test servers are named apart. */
    private static Set<Thread> steadymailThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread ->
                !thread.getName().startsWith("steadymail-") || thread.getName().startsWith("steadymail-testkit"));
        return threads;
    }

    /** A thread that lists mailboxes until a call fails. */
    private static final class Caller {
        private final CountDownLatch answered = new CountDownLatch(1);
        private final AtomicReference<@Nullable MailException> failure = new AtomicReference<>();
        private final Thread thread;
        private volatile boolean interrupted;

        private Caller(MailClient client) {
            this.thread = new Thread(() -> listUntilFailure(client), "conformance-caller");
            thread.setDaemon(true);
        }

        static Caller start(MailClient client) {
            Caller caller = new Caller(client);
            caller.thread.start();
            return caller;
        }

        private void listUntilFailure(MailClient client) {
            try {
                while (true) {
                    client.mailboxes().list();
                    answered.countDown();
                }
            } catch (MailException ended) {
                interrupted = Thread.currentThread().isInterrupted();
                failure.set(ended);
            }
        }

        void awaitFirstAnswer() throws InterruptedException {
            assertTrue(answered.await(PROMPT.toMillis(), TimeUnit.MILLISECONDS), "no call was answered");
        }

        @Nullable
        Kind failure() throws InterruptedException {
            thread.join(PROMPT.toMillis());
            assertFalse(thread.isAlive(), "the caller is still blocked");
            MailException ended = failure.get();
            return ended == null ? null : ended.kind();
        }
    }
}
