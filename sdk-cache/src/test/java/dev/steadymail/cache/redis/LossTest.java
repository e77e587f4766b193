package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Redis loses is not granted once more, and is told. */
class LossTest {
    private static final Verdict GRANTED = new Verdict.Granted();
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String HEAD = "{test:limits}:head";
    private static final String INDEX = "{test:limits}:index";

    private static LimitsRig rig;
    private static RedisCommands<String, String> redis;

    private LimitsRig.Member here;
    private LimitsRig.Member there;

    @BeforeAll
    static void start() {
        rig = new LimitsRig();
        redis = rig.commands();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void empty() {
        redis.flushall();
        here = rig.join("test");
        there = rig.join("test");
    }

    @Test
    void flushed_quotaHasNoRoomForAWindow_thenAll() {
        assertEquals(GRANTED, take(here, 1, "a", SHORT));
        redis.flushall();
        Duration delay = refused(here, "a", SHORT);
        assertTrue(delay.compareTo(SHORT) <= 0, () -> "told to come in " + delay);
        LimitsRig.pass(delay);
        assertEquals(GRANTED, take(here, 10, "a", SHORT));
        assertEquals(List.of(LostLimits.STORE), here.lost());
    }

    @Test
    void flushed_processThatChargedNothingNotices() {
        assertEquals(GRANTED, take(there, 1, "other", LONG));
        assertEquals(GRANTED, take(here, 10, "a", LONG));
        redis.flushall();
        refused(there, "a", LONG);
        refused(here, "a", LONG);
        assertEquals(List.of(LostLimits.STORE), there.lost());
        assertEquals(List.of(LostLimits.STORE), here.lost());
    }

    @Test
    void flushed_youngProcessFirst_isRefusedOnceAnOlderAsked() {
        assertEquals(GRANTED, take(here, 1, "other", LONG));
        redis.flushall();
        assertEquals(GRANTED, take(there, 1, "a", LONG));
        refused(here, "other", LONG);
        refused(there, "a", LONG);
        refused(rig.join("test"), "b", LONG);
        assertEquals(List.of(), there.lost());
    }

    @Test
    void doubt_isLiftedByHand() {
        take(here, 1, "a", LONG);
        take(there, 1, "a", LONG);
        redis.flushall();
        refused(here, "a", LONG);
        refused(there, "a", LONG);
        redis.hset(HEAD, "doubt", "0");
        assertEquals(GRANTED, take(here, 5, "a", LONG));
        assertEquals(GRANTED, take(there, 5, "a", LONG));
    }

    @Test
    void flushedTwice_isToldTwice() {
        for (int time = 0; time < 2; time++) {
            take(here, 1, "a", LONG);
            redis.flushall();
        }
        refused(here, "a", LONG);
        assertEquals(List.of(LostLimits.STORE, LostLimits.STORE), here.lost());
    }

    @Test
    void flushedWhileManyAsk_isToldOnceByEach_andNotGrantedAgain() {
        List<CompletionStage<Verdict>> asked = new ArrayList<>();
        for (int number = 0; number < 600; number++) {
            LimitsRig.Member member = number % 2 == 0 ? here : there;
            asked.add(member.limits().admit(new Demand(List.of("x"), List.of(new Share("a", 10, LONG, 0)), 1)));
            if (number == 300) {
                asked.forEach(LimitsRig::answer);
                redis.flushall();
            }
        }
        long granted =
                asked.stream().map(LimitsRig::answer).filter(GRANTED::equals).count();
        assertEquals(10, granted);
        assertEquals(List.of(LostLimits.STORE), here.lost());
        assertEquals(List.of(LostLimits.STORE), there.lost());
    }

    @Test
    void quotaEvicted_isFullUntilItsLastChargeLeaves_othersAreNot() {
        assertEquals(GRANTED, take(here, 1, "a", LONG));
        redis.del(redis.keys("*:q:*").get(0));
        take(here, 1, "b", LONG);
        Duration delay = refused(there, "a", LONG);
        assertTrue(delay.compareTo(LONG) < 0, () -> "told to come in " + delay);
        refused(here, "a", LONG);
        assertEquals(GRANTED, take(there, 9, "b", LONG));
        assertEquals(List.of(LostLimits.QUOTA), there.lost());
        assertEquals(List.of(), here.lost());
    }

    @Test
    void quotaEvicted_hasRoomAfterThat() {
        assertEquals(GRANTED, take(here, 1, "a", SHORT));
        redis.del(redis.keys("*:q:*").get(0));
        LimitsRig.pass(refused(here, "a", SHORT));
        assertEquals(GRANTED, take(here, 10, "a", SHORT));
    }

    @Test
    void headOrIndexEvicted_isNoticedEvenByAYoungProcess() {
        for (String key : List.of(HEAD, INDEX)) {
            redis.flushall();
            LimitsRig.Member old = rig.join("test");
            assertEquals(GRANTED, take(old, 1, "a", LONG));
            redis.del(key);
            refused(rig.join("test"), "a", LONG);
            refused(old, "b", LONG);
        }
    }

    @Test
    void headAndIndexEvicted_aQuotaLeftTellsAYoungProcess() {
        assertEquals(GRANTED, take(here, 10, "a", LONG));
        redis.del(HEAD, INDEX);
        assertEquals(GRANTED, take(there, 1, "b", LONG));
        refused(there, "a", LONG);
        refused(there, "b", LONG);
    }

    @Test
    void restarted_quotaHasNoRoomForAWindow() {
        assertEquals(GRANTED, take(here, 1, "a", LONG));
        rig.redis().kill();
        rig.redis().run();
        refused(here, "a", LONG);
        assertEquals(List.of(LostLimits.STORE), here.lost());
    }

    @Test
    void wentBackBehindAnAnswer_isNoticed() {
        take(here, 1, "a", LONG);
        keepCopy();
        take(here, 1, "a", LONG);
        take(there, 1, "a", LONG);
        bringCopyBack();
        refused(there, "a", LONG);
        refused(here, "a", LONG);
    }

    @Test
    void wentBackBehindAnAnswer_andOthersCharged_isNoticedByWhoChargedInVain() {
        take(there, 1, "a", LONG);
        keepCopy();
        take(here, 1, "a", LONG);
        bringCopyBack();
        assertEquals(GRANTED, take(there, 1, "a", LONG));
        refused(here, "a", LONG);
        refused(there, "a", LONG);
    }

    @Test
    void clockWasFarAhead_isDoubtedAndDoesNotHoldUntilThen() {
        take(here, 1, "a", SHORT);
        redis.hset(
                HEAD,
                "last",
                Long.toString(Instant.now().plus(Duration.ofDays(1)).toEpochMilli() * 1_000));
        Duration delay = refused(here, "a", SHORT);
        assertTrue(delay.compareTo(SHORT) <= 0, () -> "told to come in " + delay);
        LimitsRig.pass(delay);
        assertEquals(GRANTED, take(here, 1, "a", SHORT));
    }

    @Test
    void lostPauses_areSaidAgain_byWhoSaidOrHeardThem() {
        answer(here.limits().open(opening("said", CircuitCause.FAILING)));
        answer(here.limits().open(opening("heard", CircuitCause.THROTTLED)));
        assertInstanceOf(Verdict.Open.class, attempt(there, "heard"));
        here.close();
        redis.flushall();
        assertEquals(GRANTED, attempt(there, "x"));
        LimitsRig.Member young = rig.join("test");
        var open = assertInstanceOf(Verdict.Open.class, attempt(young, "heard")).opening();
        assertEquals(CircuitCause.THROTTLED, open.cause());
        assertEquals(GRANTED, attempt(young, "said"));
    }

    @Test
    void lostPause_isAnsweredToTheQuestionThatNoticed() {
        answer(here.limits().open(opening("a", CircuitCause.FAILING)));
        redis.flushall();
        assertInstanceOf(Verdict.Open.class, attempt(here, "a"));
        assertInstanceOf(Verdict.Open.class, attempt(there, "a"));
    }

    @Test
    void manyLostPauses_areSaidAgain() {
        for (int number = 0; number < 1_200; number++) {
            answer(here.limits().open(opening("scope" + number, CircuitCause.THROTTLED)));
        }
        redis.flushall();
        assertEquals(GRANTED, attempt(here, "x"));
        assertInstanceOf(Verdict.Open.class, attempt(there, "scope0"));
        assertInstanceOf(Verdict.Open.class, attempt(there, "scope1199"));
    }

    @Test
    void pauseThatEndedOrWasClosed_isNotSaidAgain() {
        answer(here.limits().open(opening("closed here", CircuitCause.FAILING)));
        answer(here.limits().open(opening("closed there", CircuitCause.FAILING)));
        assertTrue(answer(here.limits().close("closed here")));
        assertTrue(answer(there.limits().close("closed there")));
        assertEquals(GRANTED, attempt(here, "closed there"));
        redis.flushall();
        assertEquals(GRANTED, attempt(here, "closed there", "closed here"));
        assertFalse(answer(there.limits().close("closed there")));
    }

    /** As a replica does that was behind, or a snapshot. */
    private static void keepCopy() {
        redis.keys("{test:limits}*").forEach(key -> redis.copy(key, "copy:" + key));
    }

    private static void bringCopyBack() {
        redis.del(redis.keys("{test:limits}*").toArray(String[]::new));
        redis.keys("copy:*").forEach(key -> redis.rename(key, key.substring("copy:".length())));
    }

    private static Opening opening(String scope, CircuitCause cause) {
        return new Opening(scope, cause, Instant.now().plus(LONG));
    }

    private static Verdict attempt(LimitsRig.Member member, String... scopes) {
        return answer(member.limits().admit(new Demand(List.of(scopes), List.of(), 1)));
    }

    private static Verdict take(LimitsRig.Member member, long units, String key, Duration window) {
        return answer(member.limits().admit(new Demand(List.of(), List.of(new Share(key, 10, window, 0)), units)));
    }

    private static Duration refused(LimitsRig.Member member, String key, Duration window) {
        return assertInstanceOf(Verdict.NoRoom.class, take(member, 1, key, window))
                .delay();
    }
}
