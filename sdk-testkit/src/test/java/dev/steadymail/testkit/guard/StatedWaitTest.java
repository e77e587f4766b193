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
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a provider states is waited for to the millisecond; what it does not state is our own ladder, once per throttle. */
class StatedWaitTest {
    private static final Duration PATIENCE = Duration.ofDays(2);
    private static final Request REQUEST = Request.repeatable("messages.get", Duration.ofMinutes(1));

    @Test
    void statedWait_isWaitedForToTheMillisecond() {
        Simulation.explore(200, simulation -> {
            RandomGenerator choices = simulation.choices("hints");
            long hintMillis = choices.nextLong(3_000, 7_200_000);
            Starts starts = new Starts(simulation, 1, Duration.ofMillis(hintMillis), 150);
            Guard guard = opened(simulation);
            ask(simulation, guard, starts);
            simulation.run(PATIENCE);
            assertEquals(List.of(0L, 150 + hintMillis), starts.millis);
        });
    }

    @Test
    void statedWait_isNotChangedByAStepOfTheClock() {
        Simulation.explore(100, simulation -> {
            RandomGenerator choices = simulation.choices("steps");
            Starts starts = new Starts(simulation, 1, Duration.ofMinutes(3), 150);
            Guard guard = opened(simulation);
            ask(simulation, guard, starts);
            Duration step = Duration.ofSeconds(choices.nextInt(-3_600, 3_600));
            simulation.after(Duration.ofSeconds(choices.nextInt(1, 180)), () -> simulation.stepClock(step));
            simulation.run(PATIENCE);
            assertEquals(List.of(0L, 180_150L), starts.millis);
        });
    }

    @Test
    void statedWait_holdsForEveryCaller_andIsSpreadOnlyAfterItsEnd() {
        Simulation.explore(200, simulation -> {
            RandomGenerator choices = simulation.choices("hints");
            long hintMillis = choices.nextLong(3_000, 600_000);
            Starts starts = new Starts(simulation, 1, Duration.ofMillis(hintMillis), 150);
            Guard guard = opened(simulation);
            ask(simulation, guard, starts);
            for (int i = 0; i < 30; i++) {
                simulation.after(
                        Duration.ofMillis(choices.nextLong(151, 150 + hintMillis)),
                        () -> ask(simulation, guard, starts));
            }
            simulation.run(Duration.ofMillis(150 + hintMillis - 1));
            assertEquals(List.of(0L), starts.millis);
            simulation.run(Duration.ofMillis(1));
            assertTrue(starts.millis.size() > 1, () -> "nothing started at the stated end " + hintMillis);
            simulation.run(Duration.ofMinutes(1));
            assertEquals(32, starts.millis.size());
        });
    }

    @Test
    void unstatedWait_growsOncePerThrottle_notPerCaller() {
        Simulation.explore(50, simulation -> {
            Starts starts = new Starts(simulation, Integer.MAX_VALUE, null, 150);
            Guard guard = opened(simulation);
            for (int i = 0; i < 2_000; i++) {
                ask(simulation, guard, starts);
            }
            simulation.run(Duration.ofMinutes(40));
            List<Long> rounds = starts.firstOfRounds(Duration.ofSeconds(20));
            List<Long> gaps = new ArrayList<>();
            for (int i = 1; i < rounds.size(); i++) {
                gaps.add(rounds.get(i) - rounds.get(i - 1) - 150);
            }
            assertEquals(List.of(30_000L, 60_000L, 120_000L, 240_000L, 300_000L, 300_000L), gaps.subList(0, 6));
        });
    }

    @Test
    void straggler_ofAThrottleThatHasEnded_opensNothing() {
        Simulation.explore(20, simulation -> {
            Guard guard = opened(simulation);
            ask(simulation, guard, new Starts(simulation, 1, null, 150));
            ask(simulation, guard, new Starts(simulation, 1, null, 40_000));
            simulation.run(Duration.ofSeconds(41));
            Starts next = new Starts(simulation, 0, null, 150);
            ask(simulation, guard, next);
            assertEquals(List.of(41_000L), next.millis);
        });
    }

    @Test
    void deadlineBeforeTheStatedEnd_failsAtOnce_andSaysWhenToComeBack() {
        Simulation.explore(50, simulation -> {
            Starts starts = new Starts(simulation, 1, Duration.ofSeconds(60), 150);
            Guard guard = opened(simulation);
            ask(simulation, guard, starts);
            simulation.run(Duration.ofSeconds(1));
            CompletableFuture<Boolean> late = guard.callAsync(
                    REQUEST, Lane.INTERACTIVE, simulation.time().deadline(Duration.ofSeconds(59)), starts);
            simulation.run(Duration.ZERO);
            MailException refusal = assertFailed(late);
            assertTrue(refusal.kind() == Kind.THROTTLED || refusal.kind() == Kind.CIRCUIT_OPEN, refusal::toString);
            assertEquals(Simulation.START.plusMillis(60_150), refusal.retryAt().orElseThrow());
            assertEquals(1, starts.millis.size());
        });
    }

    private static MailException assertFailed(CompletableFuture<?> call) {
        assertTrue(call.isCompletedExceptionally(), "still waits");
        Throwable[] failure = new Throwable[1];
        var unused = call.whenComplete((answer, thrown) -> failure[0] = thrown);
        return (MailException) failure[0];
    }

    private static Guard opened(Simulation simulation) {
        RetryPolicy patient = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(20), PATIENCE);
        GuardSettings settings =
                GuardSettings.GMAIL.toBuilder().retryPolicy(patient).build();
        return new Guards(simulation.time(), null, null)
                .open(
                        new AccountId("ada"),
                        GuardProfile.alone(settings),
                        new Traffic(simulation.time().nanos()));
    }

    private static void ask(Simulation simulation, Guard guard, AsyncAttempt<Boolean> attempt) {
        var unused = guard.callAsync(REQUEST, Lane.DELTA, simulation.time().deadline(PATIENCE), attempt);
        assertFalse(unused.isCompletedExceptionally());
    }
}
