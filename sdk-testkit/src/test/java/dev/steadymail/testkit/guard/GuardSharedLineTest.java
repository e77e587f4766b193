package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.CircuitState;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Those who wait for what accounts share are served whatever becomes of those before them, and no account harms another. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardSharedLineTest extends GuardTestCase {
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);
    private static final GuardSettings ONCE = GuardSettings.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private static final GuardSettings TEN_A_SECOND = ONCE.toBuilder()
            .maxInFlight(20)
            .starts(1_000, Duration.ofSeconds(1))
            .quota(QuotaPlan.NONE.withLimit(new QuotaLimit("project", Reach.PROJECT, 600, Duration.ofMinutes(1), true)))
            .build();

    private final Wire wire = new Wire(manual);

    @Test
    void probeThatFailsWithAStatedTime_leavesTheTurnToTheNext() {
        List<Guard> members = sickHost(null);
        ask(members.get(0), "probe");
        ask(members.get(11), "waiting");
        manual.advance(HALF_MINUTE);
        assertEquals("probe", wire.last().name());
        wire.last()
                .fail(unavailable().toBuilder()
                        .reach(Reach.HOST)
                        .retryAt(manual.now().plusSeconds(20))
                        .build());
        manual.advance(Duration.ofMinutes(2));
        assertEquals("waiting", wire.last().name());
    }

    @Test
    void probeThatTheStoreRefuses_leavesTheTurnToTheNext() {
        CompletableFuture<Verdict> refusal = new CompletableFuture<>();
        List<CompletionStage<Verdict>> verdicts = new ArrayList<>();
        List<Guard> members = sickHost(new AnsweredInTurn(verdicts));
        ask(members.get(10), "probe");
        ask(members.get(11), "waiting");
        verdicts.add(refusal);
        manual.advance(HALF_MINUTE);
        refusal.complete(new Verdict.NoRoom(Duration.ofSeconds(1)));
        manual.advance(Duration.ofMinutes(2));
        assertTrue(wire.names().contains("waiting") || wire.names().contains("probe"), "nobody ever probes again");
    }

    @Test
    void flakyAccount_doesNotCloseTheHostToOthers() {
        Guards guards = new Guards(time, null, null);
        Guard flaky = guards.open(new AccountId("flaky"), new GuardProfile(ONCE, null, "host"), traffic);
        for (int i = 0; i < 20; i++) {
            ask(flaky, "call");
            if (i % 2 == 0) {
                wire.last().answer().complete("answer");
            } else {
                wire.last().fail(unavailable());
            }
            manual.advance(Duration.ofMillis(200));
        }
        Guard healthy = guards.open(new AccountId("healthy"), new GuardProfile(ONCE, null, "host"), traffic);
        assertEquals(CircuitState.CLOSED, healthy.explain().circuits().get(1).state());
    }

    @Test
    void interactiveCall_startsOnceThereIsRoom_whoseverTurnItIs() {
        for (int turn = 0; turn < 8; turn++) {
            Duration wait = interactiveWait(turn);
            assertTrue(wait.toSeconds() <= 41, "at turn " + turn + " waited " + wait + " where 40.6 s were enough");
        }
    }

    /** 300 units leave the window after 40 s, 300 more after 60 s; a back-fill waits for 400, somebody for 1. */
    private Duration interactiveWait(int turns) {
        Guards guards = new Guards(time, null, null);
        Guard spender = member(guards, "spender");
        for (int i = 0; i < turns; i++) {
            ask(spender, Lane.DELTA, 0, "taking a turn").cancel(true);
            manual.advance(Duration.ofSeconds(1));
        }
        spend(spender);
        manual.advance(Duration.ofSeconds(20));
        spend(spender);
        ask(member(guards, "backfill"), Lane.BACKFILL, 400, "backfill");
        Duration from = Duration.ofNanos(manual.nanoTime());
        ask(member(guards, "somebody"), Lane.INTERACTIVE, 1, "interactive");
        for (int i = 0; i < 1_000 && !wire.last().name().equals("interactive"); i++) {
            manual.advance(Duration.ofMillis(100));
        }
        Duration wait = wire.last().at().minus(from);
        manual.advance(CALL);
        return wait;
    }

    private void spend(Guard spender) {
        ask(spender, Lane.INTERACTIVE, 300, "spent");
        wire.last().answer().complete("answer");
    }

    @Test
    void middleLane_isServedToo() {
        Guards guards = new Guards(time, null, null);
        Map<Lane, Integer> started = new EnumMap<>(Lane.class);
        for (int i = 0; i < 30; i++) {
            keepAsking(member(guards, "interactive " + i), Lane.INTERACTIVE, 400, started);
            keepAsking(member(guards, "backfill " + i), Lane.BACKFILL, 400, started);
        }
        keepAsking(member(guards, "delta"), Lane.DELTA, 1, started);
        for (int second = 0; second < 600; second++) {
            manual.advance(Duration.ofSeconds(1));
        }
        assertTrue(started.containsKey(Lane.DELTA), () -> "in ten minutes: " + started);
    }

    private void keepAsking(Guard guard, Lane lane, int calls, Map<Lane, Integer> started) {
        for (int i = 0; i < calls; i++) {
            guard.callAsync(READ, lane, time.deadline(Duration.ofHours(5)), cancellation -> {
                started.merge(lane, 1, Integer::sum);
                CompletableFuture<String> answer = new CompletableFuture<>();
                manual.schedule(() -> answer.complete("answer"), Duration.ofMillis(100));
                return answer;
            });
        }
    }

    @Test
    void throttleOfAProject_isSaidToThoseWhoCannotWait() {
        Guards guards = new Guards(time, null, null);
        ask(member(guards, "one"), "throttled");
        wire.last().fail(throttled(HALF_MINUTE).toBuilder().reach(Reach.PROJECT).build());
        MailException refused = failure(member(guards, "other")
                .callAsync(READ, Lane.DELTA, time.deadline(Duration.ofSeconds(5)), wire.request("refused")));
        assertEquals(Kind.THROTTLED, refused.kind());
    }

    /** Twelve accounts of a host that ten of them have found failing. */
    private List<Guard> sickHost(SharedLimits limits) {
        Guards guards = new Guards(time, limits, null);
        List<Guard> members = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            members.add(guards.open(new AccountId("member " + i), new GuardProfile(ONCE, null, "host"), traffic));
        }
        for (Guard sick : members.subList(0, 10)) {
            ask(sick, "sick");
            wire.last().fail(unavailable());
        }
        return members;
    }

    private Guard member(Guards guards, String name) {
        return guards.open(new AccountId(name), new GuardProfile(TEN_A_SECOND, "project", null), traffic);
    }

    private CompletableFuture<String> ask(Guard guard, String name) {
        return ask(guard, Lane.DELTA, 1, name);
    }

    private CompletableFuture<String> ask(Guard guard, Lane lane, int units, String name) {
        return guard.callAsync(READ.costing(units), lane, time.deadline(CALL), wire.request(name));
    }

    /** Grants, but for verdicts planned before. */
    private record AnsweredInTurn(List<CompletionStage<Verdict>> planned) implements SharedLimits {
        @Override
        public CompletionStage<Verdict> admit(Demand demand) {
            return planned.isEmpty() ? CompletableFuture.completedFuture(new Verdict.Granted()) : planned.remove(0);
        }

        @Override
        public CompletionStage<Boolean> open(Opening opening) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<Boolean> close(String scope) {
            return CompletableFuture.completedFuture(true);
        }
    }
}
