package dev.steadymail.testkit.conformance;

import static dev.steadymail.guard.CircuitCause.FAILING;
import static dev.steadymail.guard.CircuitCause.THROTTLED;
import static dev.steadymail.testkit.conformance.LimitsSession.GRANTED;
import static dev.steadymail.testkit.conformance.LimitsSession.answer;
import static dev.steadymail.testkit.conformance.LimitsSession.share;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one process opens, all leave alone: until the longest stated time, or until one says that it serves again. */
abstract class CircuitConformance {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(2);

    abstract LimitsSession session();

    @Test
    void nothingOpened_passes() {
        assertEquals(GRANTED, session().attempt("a"));
    }

    @Test
    void opened_isSeenByOthers_withCauseAndEnd() {
        Instant until = in(LONG);
        assertTrue(session().open("a", THROTTLED, until));
        assertOpen("a", THROTTLED, until, session().blocked("x", "a"));
        assertEquals(GRANTED, session().attempt("x"));
    }

    @Test
    void opened_endsByItself_atItsTime() {
        for (CircuitCause cause : CircuitCause.values()) {
            session().open(cause.name(), cause, in(LONG));
            session().pass(LONG.minus(session().precision()));
            assertEquals(cause, session().blocked(cause.name()).cause());
            session().pass(session().precision().multipliedBy(2));
            assertEquals(GRANTED, session().attempt(cause.name()));
        }
    }

    @Test
    void openedTwice_theLongerWins() {
        for (CircuitCause cause : CircuitCause.values()) {
            Instant until = in(LONG);
            assertTrue(session().open(cause.name(), cause, in(SHORT)));
            assertTrue(session().open(cause.name(), cause, until));
            assertFalse(session().open(cause.name(), cause, in(SHORT)), "a shorter pause changed something");
            assertOpen(cause.name(), cause, until, session().blocked(cause.name()));
        }
    }

    @Test
    void openedForBothCauses_theLaterEndHolds() {
        Instant until = in(LONG);
        session().open("a", THROTTLED, until);
        assertTrue(session().open("a", FAILING, in(SHORT)), "failing was not known yet");
        assertOpen("a", THROTTLED, until, session().blocked("a"));
        session().open("b", THROTTLED, in(SHORT));
        session().open("b", FAILING, until);
        assertOpen("b", FAILING, until, session().blocked("b"));
    }

    @Test
    void close_endsFailing() {
        session().open("a", FAILING, in(LONG));
        assertTrue(session().close("a"));
        assertEquals(GRANTED, session().attempt("a"));
        assertFalse(session().close("a"), "nothing was open any more");
    }

    @Test
    void close_doesNotCutAStatedPause() {
        Instant until = in(SHORT);
        session().open("a", THROTTLED, until);
        assertFalse(session().close("a"));
        session().open("a", FAILING, in(LONG));
        assertTrue(session().close("a"));
        assertOpen("a", THROTTLED, until, session().blocked("a"));
    }

    @Test
    void close_unknownScope_changesNothing() {
        assertFalse(session().close("a"));
        assertEquals(GRANTED, session().attempt("a"));
    }

    @Test
    void closed_canBeOpenedAgain() {
        session().open("a", FAILING, in(LONG));
        session().close("a");
        Instant until = in(SHORT);
        assertTrue(session().open("a", FAILING, until), "the time before still counted");
        assertOpen("a", FAILING, until, session().blocked("a"));
    }

    @Test
    void severalOpen_theOneThatEndsLastIsTold() {
        Instant until = in(LONG);
        session().open("a", THROTTLED, in(SHORT));
        session().open("b", FAILING, until);
        assertOpen("b", FAILING, until, session().blocked("a", "b"));
        assertOpen("b", FAILING, until, session().blocked("b", "a"));
    }

    @Test
    void open_chargesNothing_andComesBeforeNoRoom() {
        session().takeAll(5, share("full", 5));
        session().open("a", FAILING, in(LONG));
        for (String key : List.of("full", "free")) {
            Demand demand = new Demand(List.of("a"), List.of(share(key, 5)), 5);
            assertInstanceOf(Verdict.Open.class, answer(session().there().admit(demand)));
        }
        session().takeAll(5, share("free", 5));
    }

    @Test
    void pastEnd_changesNothing() {
        assertFalse(
                session().open("a", THROTTLED, session().now().minus(session().precision())));
        assertFalse(session().open("a", THROTTLED, Instant.MIN));
        assertEquals(GRANTED, session().attempt("a"));
    }

    @Test
    void endlessPause_isHeldForAYearAtLeast() {
        Instant year = in(Duration.ofDays(365));
        session().open("a", THROTTLED, Instant.MAX);
        Instant until = session().blocked("a").until();
        assertFalse(until.plus(session().precision()).isBefore(year), () -> "open until " + until);
    }

    private Instant in(Duration time) {
        return session().now().plus(time);
    }

    private void assertOpen(String scope, CircuitCause cause, Instant until, Opening opening) {
        assertEquals(scope, opening.scope());
        assertEquals(cause, opening.cause());
        Duration error = Duration.between(until, opening.until()).abs();
        assertTrue(
                error.compareTo(session().precision()) < 0, () -> "open until " + opening.until() + ", not " + until);
    }
}
