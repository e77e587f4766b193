package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.guard.CircuitState;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dear calls beside cheap ones, lanes beside lanes, and rates that are over. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardPriorityTest extends GuardTestCase {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int CHEAP = 20;
    private static final GuardSettings ONCE = GuardSettings.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();

    private final Wire wire = new Wire(manual);

    @ParameterizedTest
    @CsvSource({
        "INTERACTIVE, 300, BACKFILL",
        "SEND, 300, BACKFILL",
        "INTERACTIVE, 1000, BACKFILL",
        "BACKFILL, 1000, INTERACTIVE"
    })
    void dearCall_isNotKeptOutByCheapOnesOfAnotherLane(Lane lane, int units, Lane others) {
        Guard gmail = guard(GuardSettings.GMAIL);
        for (int i = 0; i < 4_000; i++) {
            gmail.callAsync(READ.costing(CHEAP), others, time.deadline(Duration.ofHours(2)), cancellation -> soon());
        }
        manual.advance(Duration.ofMinutes(2));
        gmail.callAsync(READ.costing(units), lane, time.deadline(CALL), wire.request("dear"));
        manual.advance(Duration.ofMinutes(5));
        assertTrue(wire.names().contains("dear"), "not within five minutes");
    }

    @Test
    void backfillThatWaitedLong_getsItsTurnBesideDeltasThatWaitedLonger() {
        Guard single = guard(
                GuardSettings.builder().maxInFlight(1).starts(1_000, SECOND).build());
        for (int i = 0; i < 100; i++) {
            ask(single, "delta", Lane.DELTA);
        }
        manual.advance(SECOND);
        ask(single, "backfill", Lane.BACKFILL);
        manual.advance(Duration.ofSeconds(11));
        for (int i = 0; i < 16; i++) {
            wire.answerAll();
        }
        assertTrue(
                wire.names().contains("backfill"),
                () -> "not among " + wire.names().size() + " starts");
    }

    @Test
    void rateThatWasHighOnASuccess_doesNotOpenAtALaterFailure() {
        Guard one = guard(ONCE);
        end(one, unavailable(), 5);
        end(one, null, 19);
        end(one, unavailable(), 1);
        assertEquals(CircuitState.CLOSED, one.explain().circuits().get(0).state(), "one of the last 20 failed");
    }

    @Test
    void reset_isToldLikeEveryChange() {
        List<String> states = new ArrayList<>();
        Guards guards = new Guards(time, null, event -> {
            if (event instanceof CircuitEvent change) {
                states.add(change.state().name());
            }
        });
        Guard one = guards.open(ACCOUNT, GuardProfile.alone(ONCE), traffic);
        ask(one, "throttled", Lane.DELTA);
        wire.last().fail(throttled(Duration.ofSeconds(30)));
        one.reset();
        assertEquals(List.of("OPEN", "CLOSED"), states);
    }

    private void end(Guard guard, MailException failure, int times) {
        for (int i = 0; i < times; i++) {
            ask(guard, "call", Lane.DELTA);
            if (failure == null) {
                wire.last().answer().complete("answer");
            } else {
                wire.last().fail(failure);
            }
            manual.advance(Duration.ofMillis(200));
        }
    }

    private CompletableFuture<String> soon() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        manual.schedule(() -> answer.complete("answer"), Duration.ofMillis(100));
        return answer;
    }

    private CompletableFuture<String> ask(Guard guard, String name, Lane lane) {
        return guard.callAsync(READ, lane, time.deadline(CALL), wire.request(name));
    }
}
