package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.InProcessLimits;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two processes with one account each way: what one is told, the other obeys; and neither depends on the store. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardSharedLimitsTest extends GuardTestCase {
    private static final GuardSettings TEN_A_MINUTE = GuardSettings.builder()
            .quota(QuotaPlan.NONE.withLimit(new QuotaLimit("user", Reach.ACCOUNT, 10, Duration.ofMinutes(1), true)))
            .build();

    private final Wire wire = new Wire(manual);
    private final List<ClientEvent> events = new ArrayList<>();
    private final SharedLimits store = new InProcessLimits(time);
    private final Guard here = process(store);
    private final Guard there = process(store);

    @Test
    void unitsSpentInOneProcess_areMissingInTheOther() {
        for (int i = 0; i < 6; i++) {
            ask(here, "here " + i);
            wire.answerAll();
        }
        for (int i = 0; i < 6; i++) {
            ask(there, "there " + i);
            wire.answerAll();
        }
        assertEquals(10, wire.sent.size());
        manual.advance(Duration.ofMinutes(1));
        assertEquals(10, wire.sent.size());
        manual.advance(Duration.ofSeconds(3));
        wire.answerAll();
        assertEquals(12, wire.sent.size());
    }

    @Test
    void pauseStatedToOneProcess_isKeptByTheOther() {
        ask(here, "throttled");
        wire.last().fail(throttled(Duration.ofSeconds(30)));
        CompletableFuture<String> other = ask(there, "other");
        manual.advance(Duration.ofSeconds(30).minusNanos(1));
        assertEquals(1, wire.sent.size());
        manual.advance(Duration.ofSeconds(1));
        wire.answerAll();
        assertEquals("answer", other.join());
    }

    @Test
    void blockingCall_obeysToo() throws Exception {
        ask(here, "throttled");
        wire.last().fail(throttled(Duration.ofSeconds(30)));
        CompletableFuture<String> other = CompletableFuture.supplyAsync(
                () -> there.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> "answer"), threads);
        awaitThat(() -> there.explain().resting() == 1, "the call rests");
        manual.advance(Duration.ofSeconds(29));
        assertFalse(other.isDone());
        manual.advance(Duration.ofSeconds(2));
        assertEquals("answer", answer(other));
    }

    @Test
    void callThatCannotWait_learnsWhen() {
        ask(here, "throttled");
        wire.last().fail(throttled(Duration.ofSeconds(30)));
        CompletableFuture<String> other =
                there.callAsync(READ, Lane.DELTA, time.deadline(Duration.ofSeconds(5)), wire.request("hasty"));
        assertEquals(Kind.THROTTLED, failure(other).kind());
        assertEquals(manual.now().plusSeconds(30), failure(other).retryAt().orElseThrow());
        assertEquals(0, there.explain().inFlight());
    }

    @Test
    void storeThatIsSilent_costsFiftyMillisecondsOnce_andIsReported() {
        Guard alone = process(silentStore());
        CompletableFuture<String> first = ask(alone, "first");
        assertEquals(0, wire.sent.size());
        manual.advance(Duration.ofMillis(50));
        assertEquals(1, wire.sent.size());
        wire.answerAll();
        assertEquals("answer", first.join());
        ask(alone, "second");
        assertEquals(2, wire.sent.size(), "a store that was silent is left alone for a while");
        assertFalse(alone.explain().sharedLimits());
        assertTrue(events.stream()
                .anyMatch(event ->
                        event instanceof LimitEvent limit && limit.limit().equals("shared")));
    }

    private Guard process(SharedLimits limits) {
        return new Guards(time, limits, events::add).open(ACCOUNT, GuardProfile.alone(TEN_A_MINUTE), traffic);
    }

    private static SharedLimits silentStore() {
        return (SharedLimits) Proxy.newProxyInstance(
                SharedLimits.class.getClassLoader(),
                new Class<?>[] {SharedLimits.class},
                (proxy, method, args) -> new CompletableFuture<>());
    }

    private CompletableFuture<String> ask(Guard guard, String name) {
        return guard.callAsync(READ, Lane.INTERACTIVE, time.deadline(CALL), wire.request(name));
    }
}
