package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.guard.Explanation.Circuit;
import dev.steadymail.guard.Explanation.Waiting;
import dev.steadymail.guard.Ledger.Balance;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTextTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final QuotaLimit USER = new QuotaLimit("user", Reach.ACCOUNT, 6_000, Duration.ofMinutes(1), true);
    private static final QuotaLimit DAY = new QuotaLimit("day", Reach.PROJECT, 80_000_000, Duration.ofDays(1), false);
    private static final Circuit CLOSED = new Circuit(Reach.ACCOUNT, CircuitState.CLOSED, null, null);

    @Test
    void freshAccount_saysThatNothingWasAskedYet() {
        assertEquals("""
                waiting   nothing
                in flight 0 of 3
                circuit   account closed, requests pass
                retries   100 left
                served    not yet
                advice    nothing was asked yet
                """, new Facts().text());
    }

    @Test
    void idleAccount_isWell() {
        Facts facts = new Facts();
        facts.lastSuccess = NOON.minusMillis(250);
        facts.balances = List.of(new Balance(USER, 0, 6_000, 1_200, NOON, Map.of()));
        assertEquals("""
                waiting   nothing
                in flight 0 of 3
                circuit   account closed, requests pass
                quota     user 6000 of 6000 left in 60 s, 1200 of them for INTERACTIVE only
                retries   100 left
                served    last 250 ms ago
                advice    nothing waits, and nothing holds requests back
                """, facts.text());
    }

    @Test
    void throttledAccount_saysUntilWhenAndWhoAskedForIt() {
        Facts facts = new Facts();
        facts.lanes = Map.of(
                Lane.BACKFILL, new Waiting(40, Duration.ofSeconds(75)),
                Lane.INTERACTIVE, new Waiting(1, Duration.ofMillis(900)));
        facts.circuits = List.of(
                new Circuit(Reach.ACCOUNT, CircuitState.OPEN, CircuitCause.THROTTLED, NOON.plusSeconds(30)),
                new Circuit(Reach.PROJECT, CircuitState.CLOSED, null, null));
        facts.lastSuccess = NOON.minusSeconds(2);
        facts.nextAttempt = NOON.plusSeconds(30);
        facts.balances = List.of(
                new Balance(
                        USER,
                        4_000,
                        2_000,
                        1_200,
                        NOON.plusSeconds(58),
                        Map.of(Lane.BACKFILL, 9_000L, Lane.INTERACTIVE, 40L)),
                new Balance(
                        DAY,
                        70_000_000,
                        10_000_000,
                        0,
                        NOON.plus(Duration.ofHours(20)),
                        Map.of(Lane.BACKFILL, 9_000L)));
        facts.shared = true;
        assertEquals("""
                waiting   1 in INTERACTIVE, the first for 900 ms
                waiting   40 in BACKFILL, the first for 75 s
                next      may start 12:00:30Z (in 30 s)
                in flight 0 of 3
                circuit   account open until 12:00:30Z (in 30 s): the provider asked for it
                circuit   project closed, requests pass
                quota     user 2000 of 6000 left in 60 s, 1200 of them for INTERACTIVE only, whole again 12:00:58Z (in 58 s)
                used      user INTERACTIVE 40, BACKFILL 9000
                quota     day 10000000 of 80000000 left in 24 h, whole again 2026-03-02T08:00:00Z (in 20 h) (only counted)
                used      day BACKFILL 9000
                retries   100 left
                served    last 2 s ago
                shared    circuits and quotas are shared with other processes
                advice    the account waits until 12:00:30Z (in 30 s) because the provider asked for it; asking sooner would only lengthen it
                """, facts.text());
    }

    @Test
    void failingHost_saysWhenItIsTriedAgain() {
        Facts facts = new Facts();
        facts.circuits = List.of(
                CLOSED, new Circuit(Reach.HOST, CircuitState.OPEN, CircuitCause.FAILING, NOON.plusMillis(29_400)));
        facts.tokens = 3;
        facts.lastSuccess = NOON.minus(Duration.ofMinutes(200));
        assertEquals("""
                waiting   nothing
                in flight 0 of 3
                circuit   account closed, requests pass
                circuit   host open until 12:00:30Z (in 29 s): too many requests failed
                retries   none left until requests succeed again
                served    last 3 h 20 min ago
                advice    the host is left alone until 12:00:30Z (in 29 s) because too many requests failed; then one request finds out whether it serves again
                """, facts.text());
    }

    @Test
    void halfOpenCircuit_saysWhatTheOthersWaitFor() {
        Facts facts = new Facts();
        facts.circuits = List.of(new Circuit(Reach.HOST, CircuitState.HALF_OPEN, CircuitCause.FAILING, null));
        assertEquals("one request finds out whether the host serves again; the others wait for it", facts.advice());
    }

    @Test
    void loweredLimit_saysFromWhatAndWhy() {
        Facts facts = new Facts();
        facts.inFlight = 1;
        facts.maxInFlight = 1;
        facts.lanes = Map.of(Lane.DELTA, new Waiting(7, Duration.ofSeconds(1)));
        facts.nextAttempt = NOON;
        assertEquals("""
                waiting   7 in DELTA, the first for 1 s
                next      may start now
                in flight 1 of 1, lowered from 3 since the provider said it was too many at once
                circuit   account closed, requests pass
                retries   100 left
                served    not yet
                advice    all 1 places are taken, so that 7 wait for their turn, as it should be
                """, facts.text());
    }

    @Test
    void restingCalls_areToldApartFromThoseThatWait() {
        Facts facts = new Facts();
        facts.resting = 2;
        facts.nextAttempt = NOON.plusMillis(1_200);
        assertEquals("2 failed and rest before they are repeated", facts.line("resting   "));
        assertEquals("may start 12:00:02Z (in 1 s)", facts.line("next      "));
        assertEquals(
                "requests failed for a passing reason, and are repeated after a rest of random length", facts.advice());
    }

    @Test
    void grownLimit_saysFromWhat() {
        Facts facts = new Facts();
        facts.maxInFlight = 8;
        assertEquals("0 of 8, grown from 3", facts.line("in flight "));
    }

    @Test
    void usedUpQuota_saysWhoUsedIt() {
        Facts facts = new Facts();
        facts.lanes = Map.of(Lane.BACKFILL, new Waiting(5, Duration.ofSeconds(9)));
        facts.balances = List.of(new Balance(
                USER, 4_800, 1_200, 1_200, NOON.plusSeconds(40), Map.of(Lane.BACKFILL, 4_800L, Lane.DELTA, 5L)));
        assertEquals(
                "waits for quota user, which is whole again at 12:00:40Z (in 40 s); parts of it come free before;"
                        + " most was used by BACKFILL",
                facts.advice());
    }

    @Test
    void countedQuota_isNoReasonToWait() {
        Facts facts = new Facts();
        facts.lastSuccess = NOON;
        facts.balances = List.of(new Balance(DAY, 80_000_000, 0, 0, NOON.plusSeconds(9), Map.of()));
        assertEquals("nothing waits, and nothing holds requests back", facts.advice());
    }

    @Test
    void throttle_isToldBeforeEverythingElse() {
        Facts facts = new Facts();
        facts.circuits = List.of(
                new Circuit(Reach.HOST, CircuitState.OPEN, CircuitCause.FAILING, NOON.plusSeconds(99)),
                new Circuit(Reach.ACCOUNT, CircuitState.OPEN, CircuitCause.THROTTLED, NOON.plusSeconds(3)),
                new Circuit(Reach.PROJECT, CircuitState.OPEN, CircuitCause.THROTTLED, NOON.plus(Duration.ofHours(30))));
        assertEquals(
                "the project waits until 2026-03-02T18:00:00Z (in 30 h) because the provider asked for it; asking sooner"
                        + " would only lengthen it",
                facts.advice());
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 ms",
        "PT0.9999S,999 ms",
        "PT119S,119 s",
        "PT2M,2 min",
        "PT61M1S,61 min 1 s",
        "PT2H,2 h",
        "PT25H,25 h",
        "PT49H,2 d 1 h"
    })
    void lengths_areReadAtOnce(Duration length, String text) {
        assertEquals(text, ExplanationText.length(length));
    }

    /** An explanation of an account at rest, to be changed. */
    private static final class Facts {
        Map<Lane, Waiting> lanes = Map.of(Lane.SEND, new Waiting(0, Duration.ZERO));
        int resting;
        int inFlight;
        int maxInFlight = 3;
        List<Circuit> circuits = List.of(CLOSED);
        List<Balance> balances = List.of();
        int tokens = 500;
        Instant lastSuccess;
        Instant nextAttempt;
        boolean shared;

        String text() {
            Ledger ledger = new Ledger("gmail-2026", balances);
            return new Explanation(
                            NOON,
                            lanes,
                            resting,
                            inFlight,
                            maxInFlight,
                            3,
                            circuits,
                            ledger,
                            tokens,
                            lastSuccess,
                            nextAttempt,
                            shared)
                    .text();
        }

        String advice() {
            return line("advice    ");
        }

        String line(String about) {
            return text().lines()
                    .filter(line -> line.startsWith(about))
                    .findFirst()
                    .orElseThrow()
                    .substring(about.length());
        }
    }
}
