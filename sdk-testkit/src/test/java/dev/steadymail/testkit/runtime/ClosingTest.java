package dev.steadymail.testkit.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailRuntime;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.testkit.time.ManualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A runtime closes its clients side by side, and waits for none of them for ever. */
class ClosingTest {
    private static final int CLIENTS = 20;

    private final ManualTime time = new ManualTime();
    private final CountDownLatch closing = new CountDownLatch(CLIENTS);
    private final CountDownLatch goodbye = new CountDownLatch(1);
    private final MailRuntime runtime =
            MailRuntime.builder().time(time.timeSource(1)).build();

    ClosingTest() {
        for (int i = 0; i < CLIENTS; i++) {
            runtime.open(new SlowToLeave("account" + i));
        }
    }

    @AfterEach
    void end() {
        goodbye.countDown();
    }

    @Test
    void allClients_sayGoodbyeAtTheSameTime() throws Exception {
        CompletableFuture<Void> closed = closeElsewhere();
        assertTrue(closing.await(10, TimeUnit.SECONDS), closing.getCount() + " of the clients have not begun to close");
        assertFalse(closed.isDone());
        goodbye.countDown();
        closed.get(10, TimeUnit.SECONDS);
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void clientsThatDoNotEnd_areLeftAfterTenSeconds() throws Exception {
        CompletableFuture<Void> closed = closeElsewhere();
        time.awaitTimers(1);
        time.advance(Duration.ofMillis(9_999));
        assertFalse(closed.isDone());
        time.advance(Duration.ofMillis(1));
        closed.get(10, TimeUnit.SECONDS);
        assertEquals(1, goodbye.getCount());
    }

    /** Its own timers are gone by then: the second time needs none. */
    @Test
    void runtimeWithThreadsOfItsOwn_canBeClosedAgain() {
        MailRuntime own = MailRuntime.create();
        own.close();
        assertDoesNotThrow(own::close);
    }

    private CompletableFuture<Void> closeElsewhere() {
        return CompletableFuture.runAsync(runtime::close, task -> new Thread(task).start());
    }

    /** An account whose provider takes its time to say goodbye. */
    private final class SlowToLeave implements MailAccount {
        private final String name;

        SlowToLeave(String name) {
            this.name = name;
        }

        @Override
        public AccountId id() {
            return new AccountId(name);
        }

        @Override
        public GuardProfile guard() {
            return GuardProfile.alone(GuardSettings.builder().build());
        }

        @Override
        public MailProvider open(ProviderContext context) {
            return (MailProvider) Proxy.newProxyInstance(
                    MailProvider.class.getClassLoader(), new Class<?>[] {MailProvider.class}, (proxy, method, args) -> {
                        closing.countDown();
                        assertTrue(goodbye.await(30, TimeUnit.SECONDS));
                        return null;
                    });
        }
    }
}
