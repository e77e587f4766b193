package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.LimitsSession.GRANTED;
import static dev.steadymail.testkit.conformance.LimitsSession.WINDOW;
import static dev.steadymail.testkit.conformance.LimitsSession.answer;
import static dev.steadymail.testkit.conformance.LimitsSession.share;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is asked and when: no window has too much, no refusal is without need, and what could be used is used. */
abstract class RandomDemandConformance {
    private static final int STEPS = 300;
    private static final int MOST_UNITS = 6;
    private static final int WINDOWS = 10;

    abstract LimitsSession session();

    abstract LimitsSession restart();

    abstract int runs();

    @Test
    void randomDemands_followTheModel() {
        long base = Long.getLong("steadymail.seed", 20_240_301L);
        int refusals = 0;
        for (long seed = base; seed < base + runs(); seed++) {
            refusals += follow(restart(), new Random(seed), "-Dsteadymail.seed=" + seed);
        }
        assertTrue(refusals > runs(), "the demand was too small to test anything");
    }

    @Test
    void saturatedQuota_isUsedTo98Percent() {
        Share share = share("a", 200, 0);
        QuotaModel model = new QuotaModel(WINDOW, session().precision());
        Instant end = session().now().plus(WINDOW.multipliedBy(WINDOWS));
        while (session().now().isBefore(end)) {
            Instant asked = session().now();
            if (session().take(5, share).equals(GRANTED)) {
                model.granted(share, 5, asked, session().now(), "saturated");
            }
            session().pass(WINDOW.dividedBy(333));
        }
        assertTrue(
                model.granted() >= 0.98 * 200 * WINDOWS, () -> model.granted() + " units in " + WINDOWS + " windows");
    }

    private static int follow(LimitsSession session, Random random, String seed) {
        Map<String, QuotaModel> models = Map.of("a", model(session), "b", model(session));
        int refusals = 0;
        for (int step = 0; step < STEPS; step++) {
            session.pass(randomStep(random));
            Demand demand = randomDemand(random);
            Duration delay =
                    ask(session, random.nextBoolean() ? session.here() : session.there(), demand, models, seed);
            if (!delay.isZero() && random.nextInt(4) == 0) {
                session.pass(delay);
                Duration again = ask(session, session.here(), demand, models, seed);
                assertTrue(again.isZero(), () -> "no room after the stated delay, " + seed);
            }
            refusals += delay.isZero() ? 0 : 1;
        }
        return refusals;
    }

    /** Returns zero where the demand was granted. */
    private static Duration ask(
            LimitsSession session, SharedLimits handle, Demand demand, Map<String, QuotaModel> models, String seed) {
        Instant asked = session.now();
        Verdict verdict = answer(handle.admit(demand));
        Instant answered = session.now();
        if (verdict instanceof Verdict.NoRoom refusal) {
            assertTrue(
                    demand.shares().stream()
                            .anyMatch(share -> model(models, share).mayRefuse(share, demand.units(), asked)),
                    () -> "refused without need: " + demand + ", " + seed);
            return refusal.delay();
        }
        demand.shares().forEach(share -> model(models, share).granted(share, demand.units(), asked, answered, seed));
        return Duration.ZERO;
    }

    private static QuotaModel model(LimitsSession session) {
        return new QuotaModel(WINDOW, session.precision());
    }

    private static QuotaModel model(Map<String, QuotaModel> models, Share share) {
        QuotaModel model = models.get(share.key());
        if (model == null) {
            throw new AssertionError("no such quota: " + share.key());
        }
        return model;
    }

    private static Demand randomDemand(Random random) {
        List<Share> shares = new ArrayList<>();
        int which = random.nextInt(3);
        if (which != 1) {
            shares.add(share("a", 20, random.nextInt(5)));
        }
        if (which != 0) {
            shares.add(share("b", 30, random.nextInt(2) * 6L));
        }
        return new Demand(List.of(), shares, random.nextInt(50) == 0 ? 25 : 1 + random.nextInt(MOST_UNITS));
    }

    /** Mostly bursts, sometimes small steps, now and then about a window. */
    private static Duration randomStep(Random random) {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return WINDOW.minusNanos(1).plusNanos(random.nextInt(3));
        }
        return kind < 20
                ? Duration.ZERO
                : WINDOW.multipliedBy(random.nextInt(1_000)).dividedBy(20_000);
    }
}
