package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller who gives up frees what the call held, at that instant. */
class GivingUpTest {
    private final Simulation simulation = Simulation.withSeed(1);
    private final List<Integer> started = new ArrayList<>();
    private final List<CompletableFuture<Integer>> answers = new ArrayList<>();
    private final List<CompletableFuture<Integer>> requests = new ArrayList<>();
    private final Guard guard = new Guards(simulation.time(), null, null)
            .open(
                    new AccountId("ada"),
                    GuardProfile.alone(GuardSettings.builder().maxInFlight(2).build()),
                    new Traffic(simulation.time().nanos()));

    @BeforeEach
    void askFiveTimes() {
        for (int i = 0; i < 5; i++) {
            answers.add(ask(i));
        }
        assertEquals(List.of(0, 1), started);
    }

    @Test
    void cancelInFlight_breaksTheRequest_andStartsTheNextAtThatInstant() {
        assertTrue(answers.get(1).cancel(true));
        assertTrue(requests.get(1).isCompletedExceptionally());
        assertEquals(List.of(0, 1, 2), started);
        assertEquals(Duration.ZERO, simulation.elapsed());
    }

    @Test
    void cancelWaiting_leavesTheQueue_andIsNeverStarted() {
        assertTrue(answers.get(2).cancel(true));
        assertEquals(2, guard.explain().waiting());
        requests.get(0).complete(0);
        assertEquals(List.of(0, 1, 3), started);
    }

    @Test
    void answersKeepTheirOrderWithinALane() {
        for (int i = 0; i < 5; i++) {
            requests.get(i).complete(i);
        }
        assertEquals(List.of(0, 1, 2, 3, 4), started);
        assertTrue(answers.stream().allMatch(CompletableFuture::isDone));
        assertEquals(0, guard.explain().inFlight());
    }

    @Test
    void giveUpTwice_freesOnePlace() {
        answers.get(0).cancel(true);
        answers.get(0).cancel(true);
        requests.get(0).complete(0);
        assertEquals(List.of(0, 1, 2), started);
        assertEquals(2, guard.explain().inFlight());
        assertFalse(answers.get(2).isDone());
    }

    private CompletableFuture<Integer> ask(int number) {
        AsyncAttempt<Integer> attempt = cancellation -> {
            started.add(number);
            CompletableFuture<Integer> request = new CompletableFuture<>();
            cancellation.onCancel(() -> request.completeExceptionally(new IllegalStateException("broken")));
            requests.add(request);
            return request;
        };
        return guard.callAsync(
                Request.repeatable("read", Duration.ofSeconds(10)),
                Lane.DELTA,
                simulation.time().deadline(Duration.ofMinutes(1)),
                attempt);
    }
}
