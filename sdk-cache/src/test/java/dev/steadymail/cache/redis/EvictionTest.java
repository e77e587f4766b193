package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Redis drops keys at random all the time, and is emptied now and then. No window has more than the limit. */
class EvictionTest {
    private static final Duration WINDOW = Duration.ofMillis(40);
    private static final int LIMIT = 20;
    private static final int QUOTAS = 10;
    private static final int DEMANDS = 10_000;
    private static final int FLUSH_EVERY = 4_000;
    private static final int WRITE_EVERY = 40;
    /** More than there is room for. */
    private static final int FILLERS = 300;

    private static final String FILLER = "x".repeat(8_000);

    private final Random random = new Random(Long.getLong("steadymail.seed", 20_240_301L));
    private final List<List<Grant>> grants = new ArrayList<>();

    @Test
    void underPressure_noWindowHasMoreThanTheLimit() {
        try (LimitsRig rig = new LimitsRig("--maxmemory", "2mb", "--maxmemory-policy", "allkeys-random")) {
            RedisCommands<String, String> redis = rig.commands();
            List<LimitsRig.Member> members = List.of(rig.join("test"), rig.join("test"), rig.join("test"));
            for (int quota = 0; quota < QUOTAS; quota++) {
                grants.add(new ArrayList<>());
            }
            members.forEach(member -> demand(member, 0));
            for (int count = 0; count < DEMANDS; count++) {
                disturb(redis, count);
                demand(members.get(random.nextInt(members.size())), random.nextInt(QUOTAS));
            }
            grants.forEach(EvictionTest::requireWithinLimit);
            assertTrue(members.stream().allMatch(member -> member.lost().contains(LostLimits.STORE)));
            assertFalse(redis.info("stats").contains("evicted_keys:0\r"), "nothing was evicted");
        }
    }

    /** Fills the memory, then writes now and then, so that there is time for limits to be used. */
    private void disturb(RedisCommands<String, String> redis, int count) {
        if (count % FLUSH_EVERY == FLUSH_EVERY - 1) {
            redis.flushall();
        }
        int fillers = count % FLUSH_EVERY == 0 ? FILLERS : count % WRITE_EVERY == 0 ? 1 : 0;
        for (int filler = 0; filler < fillers; filler++) {
            redis.set("filler" + random.nextInt(10 * FILLERS), FILLER);
        }
    }

    private void demand(LimitsRig.Member member, int quota) {
        long asked = System.nanoTime();
        Share share = new Share("quota" + quota, LIMIT, WINDOW, 0);
        Verdict verdict = answer(member.limits().admit(new Demand(List.of(), List.of(share), 1)));
        if (verdict instanceof Verdict.Granted) {
            grants.get(quota).add(new Grant(asked, System.nanoTime()));
        }
    }

    /** A unit was charged at some moment between question and answer, so only what was surely in one window counts. */
    private static void requireWithinLimit(List<Grant> grants) {
        assertFalse(grants.size() < 2 * LIMIT, () -> "only " + grants.size() + " units were granted");
        for (int last = LIMIT; last < grants.size(); last++) {
            long between = grants.get(last).answered - grants.get(last - LIMIT).asked;
            assertTrue(between >= WINDOW.toNanos(), () -> LIMIT + 1 + " units within " + between + " ns");
        }
    }

    private record Grant(long asked, long answered) {}
}
