package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.CircuitState;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When circuits open, for how long, for whom, and how they close. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardCircuitTest extends GuardTestCase {
    private static final GuardSettings ONCE = GuardSettings.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Wire wire = new Wire(manual);
    private final List<ClientEvent> events = new ArrayList<>();
    private final Guards guards = new Guards(time, null, events::add);
    private final Guard one = guards.open(ACCOUNT, GuardProfile.alone(ONCE), traffic);

    @Test
    void halfOfTheLastTenFailed_opensForThirtySeconds() {
        end(one, null, 5);
        end(one, unavailable(), 4);
        assertEquals(CircuitState.CLOSED, circuit(one).state());
        end(one, unavailable(), 1);
        Explanation.Circuit open = circuit(one);
        assertEquals(CircuitState.OPEN, open.state());
        assertEquals(CircuitCause.FAILING, open.cause());
        assertEquals(manual.now().plusSeconds(30), open.until());
    }

    @Test
    void openCircuit_failsThoseWhoCannotWaitAndTellsThemWhen() {
        end(one, unavailable(), 10);
        MailException refused = failure(one.callAsync(READ, Lane.DELTA, time.deadline(SHORT), wire.request("refused")));
        assertEquals(Kind.CIRCUIT_OPEN, refused.kind());
        assertEquals(manual.now().plusSeconds(30), refused.retryAt().orElseThrow());
        assertFalse(wire.names().contains("refused"));
    }

    @Test
    void afterTheWait_oneProbes_andItsSuccessCloses() {
        end(one, unavailable(), 10);
        CompletableFuture<String> probe = ask(one, "probe");
        CompletableFuture<String> second = ask(one, "second");
        manual.advance(Duration.ofSeconds(30));
        assertEquals("probe", wire.last().name());
        assertEquals(CircuitState.HALF_OPEN, circuit(one).state());
        manual.advance(SHORT);
        assertEquals("probe", wire.last().name(), "while one probes the others wait");
        wire.last().answer().complete("well again");
        assertEquals("well again", probe.join());
        assertEquals("second", wire.last().name());
        wire.answerAll();
        assertEquals("answer", second.join());
        assertEquals(CircuitState.CLOSED, circuit(one).state());
        assertEquals(List.of("OPEN", "HALF_OPEN", "CLOSED"), circuitEvents());
    }

    @Test
    void probeThatFails_opensAgain() {
        end(one, unavailable(), 10);
        ask(one, "probe");
        ask(one, "second");
        manual.advance(Duration.ofSeconds(30));
        wire.last().fail(unavailable());
        assertEquals(CircuitState.OPEN, circuit(one).state());
        manual.advance(Duration.ofSeconds(30));
        assertEquals("second", wire.last().name());
    }

    @Test
    void probeThatIsCancelled_leavesTheTurnToTheNext() {
        end(one, unavailable(), 10);
        CompletableFuture<String> probe = ask(one, "probe");
        ask(one, "second");
        manual.advance(Duration.ofSeconds(30));
        probe.cancel(true);
        assertEquals("second", wire.last().name());
    }

    @Test
    void answersThatAreNoSickness_openNothing() {
        for (Kind kind : List.of(Kind.NOT_FOUND, Kind.AUTH, Kind.FORBIDDEN, Kind.INVALID, Kind.CURSOR_EXPIRED)) {
            end(one, MailException.of(kind, "no"), 20);
        }
        assertEquals(CircuitState.CLOSED, circuit(one).state());
    }

    @Test
    void statedTime_opensUntilExactlyThen_andTheOthersFollowSpread() {
        end(one, throttled(Duration.ofSeconds(30)), 1);
        for (int i = 0; i < 3; i++) {
            ask(one, "waiting " + i);
        }
        manual.advance(Duration.ofSeconds(30).minusNanos(1));
        assertEquals(1, wire.sent.size());
        manual.advance(Duration.ofNanos(1));
        assertEquals(2, wire.sent.size());
        manual.advance(Duration.ofMillis(100));
        assertEquals(3, wire.sent.size());
        manual.advance(Duration.ofMillis(100));
        assertEquals(4, wire.sent.size());
    }

    @Test
    void throttleWithoutATime_lastsLongerEachTime_countedOncePerThrottle() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            throttleAllThree();
            waits.add(Duration.between(manual.now(), circuit(one).until()).toSeconds());
            manual.advance(Duration.between(manual.now(), circuit(one).until()));
        }
        assertEquals(List.of(30L, 60L, 120L, 240L, 300L, 300L), waits);
        manual.advance(Duration.ofSeconds(1));
        end(one, null, 1);
        throttleAllThree();
        assertEquals(manual.now().plusSeconds(30), circuit(one).until());
    }

    private void throttleAllThree() {
        int before = wire.sent.size();
        for (int i = 0; i < 3; i++) {
            ask(one, "call");
            manual.advance(Duration.ofMillis(100));
        }
        MailException throttled = MailException.of(Kind.THROTTLED, "slow down");
        List.copyOf(wire.sent.subList(before, before + 3)).forEach(sent -> sent.fail(throttled));
    }

    @Test
    void tooManyAtOnce_halvesTheLimitForAnHour_andPausesForLessThanASecond() {
        Guard four = guard(ONCE.toBuilder().maxInFlight(4).build());
        for (int i = 0; i < 6; i++) {
            ask(four, "call " + i);
        }
        MailException concurrency = MailException.of(Kind.CONCURRENCY, "too many at once");
        wire.sent.get(0).fail(concurrency);
        wire.sent.get(1).fail(concurrency);
        assertEquals(2, four.explain().maxInFlight(), "both began before the limit fell, so it falls once");
        wire.answerAll();
        assertEquals(4, wire.sent.size());
        manual.advance(Duration.ofSeconds(1));
        assertEquals(6, wire.sent.size());
        assertEquals(CircuitState.CLOSED, circuit(four).state());
        wire.answerAll();
        manual.advance(Duration.ofMinutes(59));
        assertEquals(2, four.explain().maxInFlight());
        manual.advance(Duration.ofMinutes(1));
        assertEquals(4, four.explain().maxInFlight());
    }

    @Test
    void adaptiveLimit_growsAfterTwentyCleanCalls_butNotPastACeiling() {
        Guard growing = guard(ONCE.toBuilder()
                .maxInFlight(2)
                .starts(1_000, Duration.ofSeconds(1))
                .adaptiveMax(4)
                .build());
        end(growing, null, 20);
        assertEquals(3, growing.explain().maxInFlight());
        end(growing, null, 100);
        assertEquals(4, growing.explain().maxInFlight());
        end(growing, MailException.of(Kind.CONCURRENCY, "too many"), 1);
        manual.advance(Duration.ofSeconds(1));
        end(growing, null, 100);
        assertEquals(2, growing.explain().maxInFlight());
    }

    @Test
    void reset_closesByHand() {
        end(one, unavailable(), 10);
        CompletableFuture<String> waiting = ask(one, "waiting");
        one.reset();
        assertEquals("waiting", wire.last().name());
        wire.answerAll();
        assertEquals("answer", waiting.join());
    }

    @Test
    void throttleOfAProject_holdsForItsOtherAccounts_andTheyFollowSpread() {
        List<Guard> members = members("project", null, 3);
        ask(members.get(0), "first");
        wire.last()
                .fail(throttled(Duration.ofSeconds(30)).toBuilder()
                        .reach(Reach.PROJECT)
                        .build());
        Guard stranger = guards.open(new AccountId("stranger"), new GuardProfile(ONCE, "other", null), traffic);
        ask(members.get(1), "second");
        ask(members.get(2), "third");
        ask(stranger, "stranger");
        assertEquals(List.of("first", "stranger"), wire.names());
        manual.advance(Duration.ofSeconds(30));
        assertEquals(List.of("first", "stranger", "second"), wire.names());
        manual.advance(Duration.ofMillis(10));
        assertEquals("third", wire.last().name());
    }

    @Test
    void oneSickAccount_doesNotCloseTheHostToOthers() {
        List<Guard> members = members(null, "imap.example.com", 2);
        for (int i = 0; i < 30; i++) {
            ask(members.get(0), "sick");
            wire.last().fail(unavailable());
            manual.advance(Duration.ofSeconds(31));
        }
        assertEquals(CircuitState.CLOSED, hostCircuit(members.get(1)).state());
    }

    @Test
    void accountsThatFailOnceEach_oneAfterTheOther_doNotCloseTheHost() {
        List<Guard> members = members(null, "imap.example.com", 20);
        for (Guard member : members) {
            ask(member, "stumbles");
            wire.last().fail(unavailable());
            for (int i = 0; i < 3; i++) {
                ask(member, "goes on");
                wire.last().answer().complete("answer");
            }
        }
        assertEquals(CircuitState.CLOSED, hostCircuit(members.get(0)).state());
    }

    @Test
    void manySickAccounts_openTheHost_andOneProbeOpensItAgain() {
        List<Guard> members = members(null, "imap.example.com", 20);
        for (int i = 0; i < 10; i++) {
            ask(members.get(i), "sick");
            wire.last().fail(unavailable());
        }
        assertEquals(CircuitState.OPEN, hostCircuit(members.get(19)).state());
        CompletableFuture<String> probe = ask(members.get(18), "probe");
        CompletableFuture<String> waiting = ask(members.get(19), "waiting");
        manual.advance(Duration.ofSeconds(30));
        assertEquals("probe", wire.last().name());
        wire.answerAll();
        assertEquals("answer", probe.join());
        manual.advance(Duration.ofSeconds(1));
        wire.answerAll();
        assertEquals("answer", waiting.join());
    }

    @Test
    void listenerThatFails_disturbsNothing() {
        Guards talkative = new Guards(time, null, event -> {
            throw new IllegalStateException("a fault of the listener's");
        });
        Guard guard = talkative.open(ACCOUNT, GuardProfile.alone(ONCE), traffic);
        CompletableFuture<String> call = ask(guard, "call");
        wire.answerAll();
        assertEquals("answer", call.join());
        assertTrue(guard.drain(Duration.ofSeconds(1)));
    }

    private List<Guard> members(String project, String host, int count) {
        List<Guard> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(guards.open(new AccountId("member " + i), new GuardProfile(ONCE, project, host), traffic));
        }
        return members;
    }

    /** Lets so many calls end alike, with a second between them so that the interval's cap never binds. */
    private void end(Guard guard, MailException failure, int times) {
        for (int i = 0; i < times; i++) {
            ask(guard, "call");
            if (failure == null) {
                wire.last().answer().complete("answer");
            } else {
                wire.last().fail(failure);
            }
            if (circuit(guard).state() == CircuitState.CLOSED) {
                manual.advance(Duration.ofMillis(200));
            }
        }
    }

    private List<String> circuitEvents() {
        return events.stream()
                .filter(CircuitEvent.class::isInstance)
                .map(event -> ((CircuitEvent) event).state().name())
                .toList();
    }

    private static Explanation.Circuit circuit(Guard guard) {
        return guard.explain().circuits().get(0);
    }

    private static Explanation.Circuit hostCircuit(Guard guard) {
        return guard.explain().circuits().get(1);
    }

    private CompletableFuture<String> ask(Guard guard, String name) {
        return guard.callAsync(READ, Lane.DELTA, time.deadline(CALL), wire.request(name));
    }
}
