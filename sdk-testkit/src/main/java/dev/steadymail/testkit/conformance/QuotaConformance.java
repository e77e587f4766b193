package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.LimitsSession.WINDOW;
import static dev.steadymail.testkit.conformance.LimitsSession.share;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Share;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Units are charged to all quotas of a demand or to none, and count for a window. */
abstract class QuotaConformance {
    private static final Duration LONGEST_COUNT = WINDOW.plus(WINDOW.dividedBy(100));

    abstract LimitsSession session();

    @Test
    void withoutQuota_isGranted() {
        session().takeAll(5);
    }

    @Test
    void limit_isReached_notPassed() {
        session().takeAll(4, share("a", 10));
        session().takeAll(6, share("a", 10));
        session().refused(1, share("a", 10));
    }

    @Test
    void fullQuota_hasRoomAfterTheStatedDelay_notBeforeAWindow() {
        Instant first = session().now();
        session().takeAll(10, share("a", 10));
        session().pass(WINDOW.dividedBy(4));
        Instant asked = session().now();
        Duration delay = session().refused(1, share("a", 10));
        Duration error = session().precision();
        assertTrue(
                asked.plus(delay).plus(error).compareTo(first.plus(WINDOW)) >= 0,
                () -> "told to come early, in " + delay);
        assertTrue(
                delay.compareTo(LONGEST_COUNT.minus(WINDOW.dividedBy(4)).plus(error)) <= 0,
                () -> "told to come late, in " + delay);
        session().pass(delay);
        session().takeAll(10, share("a", 10));
    }

    @Test
    void units_countUntilTheEndOfTheWindow() {
        session().takeAll(10, share("a", 10));
        session().pass(WINDOW.minus(session().precision()));
        session().refused(1, share("a", 10));
    }

    @Test
    void units_comeBackAsTheyWereSpent() {
        session().takeAll(6, share("a", 10));
        session().pass(WINDOW.dividedBy(2));
        session().takeAll(4, share("a", 10));
        session().pass(session().refused(6, share("a", 10)));
        session().takeAll(6, share("a", 10));
        session().refused(1, share("a", 10));
    }

    @Test
    void severalQuotas_oneFull_chargesNone() {
        session().takeAll(5, share("full", 5));
        session().refused(3, share("a", 10), share("full", 5));
        session().refused(3, share("full", 5), share("b", 10));
        session().takeAll(10, share("a", 10), share("b", 10));
    }

    @Test
    void severalQuotas_withRoom_chargesAll() {
        session().takeAll(3, share("a", 10), share("b", 3));
        session().refused(1, share("b", 3));
        session().refused(8, share("a", 10));
        session().takeAll(7, share("a", 10));
    }

    @Test
    void severalQuotas_full_tellTheLongestDelay() {
        Share longer = new Share("b", 5, WINDOW.multipliedBy(2), 0);
        session().takeAll(5, share("a", 5), longer);
        Duration delay = session().refused(1, share("a", 5), longer);
        assertTrue(delay.compareTo(LONGEST_COUNT.plus(session().precision())) > 0, () -> "told to come in " + delay);
        session().pass(delay);
        session().takeAll(1, share("a", 5), longer);
    }

    @Test
    void kept_staysFree_forThoseWhoNeedNotKeepIt() {
        session().takeAll(8, share("a", 10, 2));
        session().refused(1, share("a", 10, 2));
        session().takeAll(2, share("a", 10));
        session().pass(session().refused(1, share("a", 10, 2)));
        session().takeAll(8, share("a", 10, 2));
    }

    @Test
    void kept_besideWhichADemandNeverFits_yieldsWhenNothingIsUsed() {
        session().takeAll(1, share("a", 10, 5));
        session().pass(session().refused(8, share("a", 10, 5)));
        session().takeAll(8, share("a", 10, 5));
    }

    @Test
    void demandLargerThanAQuota_takesAllOfIt() {
        session().takeAll(1, share("a", 10));
        session().pass(session().refused(1_000, share("a", 10, 3)));
        session().takeAll(1_000, share("a", 10, 3), share("b", 2_000));
        session().takeAll(10, share("a", 20));
        session().pass(session().refused(1, share("a", 10)));
        session().takeAll(10, share("a", 10));
    }

    @Test
    void noUnits_findRoomInAFullQuota() {
        session().takeAll(10, share("a", 10));
        session().takeAll(0, share("a", 10, 10));
    }

    @Test
    void anotherWindow_isAnotherQuota() {
        session().takeAll(10, share("a", 10));
        session().takeAll(10, new Share("a", 10, WINDOW.multipliedBy(2), 0));
        session().refused(1, share("a", 10));
    }

    @Test
    void limit_isTheOneOfTheDemand() {
        session().takeAll(10, share("a", 10));
        session().takeAll(2, share("a", 12));
        session().refused(1, share("a", 12));
        session().refused(1, share("a", 5));
    }

    @Test
    void largestFigures_doNotOverflow() {
        session().takeAll(Long.MAX_VALUE, share("a", Long.MAX_VALUE));
        session().refused(Long.MAX_VALUE, share("a", Long.MAX_VALUE));
        Share month = new Share("b", Long.MAX_VALUE, Duration.ofDays(31), Long.MAX_VALUE);
        session().takeAll(1, month);
        session().refused(1, month);
    }
}
