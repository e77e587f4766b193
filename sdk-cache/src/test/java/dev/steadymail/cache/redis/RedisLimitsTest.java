package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.MailException;
import io.lettuce.core.RedisConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Redis holds of limits, and what comes of trouble with it. */
class RedisLimitsTest {
    private static final Verdict GRANTED = new Verdict.Granted();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static LimitsRig rig;

    private LimitsRig.Member member;

    @BeforeAll
    static void start() {
        rig = new LimitsRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void empty() {
        rig.redis().command("FLUSHALL");
        member = rig.join("test");
    }

    @Test
    void scriptsForgotten_areGivenAgain() {
        assertEquals(GRANTED, take(1, MINUTE));
        rig.redis().command("SCRIPT", "FLUSH");
        assertEquals(GRANTED, take(9, MINUTE));
        assertInstanceOf(Verdict.NoRoom.class, take(1, MINUTE));
        rig.redis().command("SCRIPT", "FLUSH");
        assertFalse(answer(member.limits().close("a")));
        assertEquals(List.of(), member.lost());
    }

    @Test
    void nothingInRedis_holdsAnAddress_andAllIsInOneSlot() {
        String key = "account:ann@example.org";
        Share share = new Share(key, 10, MINUTE, 0);
        answer(member.limits().admit(new Demand(List.of(key), List.of(share), 1)));
        for (CircuitCause cause : CircuitCause.values()) {
            answer(member.limits().open(new Opening(key, cause, Instant.now().plus(MINUTE))));
        }
        var redis = rig.connection().sync();
        List<byte[]> keys = redis.keys("*");
        assertEquals(3, keys.size());
        for (byte[] name : keys) {
            String all = new String(name, ISO_8859_1) + new String(redis.dump(name), ISO_8859_1);
            assertFalse(all.contains("ann@") || all.contains("example"), all);
            assertTrue(new String(name, ISO_8859_1).startsWith("{test:limits}:"));
        }
    }

    @Test
    void quota_hasAboutAHundredNumbers_andExpiresByItself() {
        Duration window = Duration.ofMillis(500);
        Share share = new Share("a", Long.MAX_VALUE, window, 0);
        long end = System.nanoTime() + window.multipliedBy(3).toNanos();
        while (System.nanoTime() < end) {
            answer(member.limits().admit(new Demand(List.of(), List.of(share), 1)));
        }
        var redis = rig.commands();
        String quota = redis.keys("*:q:*").get(0);
        assertTrue(redis.hlen(quota) <= 102 + 5, () -> redis.hlen(quota) + " fields");
        long left = redis.pttl(quota);
        assertTrue(left > 0 && left <= window.toMillis() + 1_001, () -> "expires in " + left + " ms");
    }

    @Test
    void index_holdsNothingThatEnded() {
        Duration window = Duration.ofMillis(20);
        for (int number = 0; number < 20; number++) {
            Share share = new Share("quota" + number, 1, window, 0);
            answer(member.limits().admit(new Demand(List.of(), List.of(share), 1)));
        }
        LimitsRig.pass(window.multipliedBy(2));
        assertEquals(GRANTED, take(1, MINUTE));
        assertEquals(List.of("life", "process", "quota"), kindsInIndex());
    }

    private static List<String> kindsInIndex() {
        return rig.commands().zrange("{test:limits}:index", 0, -1).stream()
                .map(entry -> entry.charAt(0) == 'l' ? "life" : entry.charAt(0) == 'p' ? "process" : "quota")
                .sorted()
                .toList();
    }

    @Test
    void otherPrefix_isAnotherStore() {
        assertEquals(GRANTED, take(10, MINUTE));
        Share share = new Share("a", 10, MINUTE, 0);
        assertEquals(GRANTED, answer(rig.join("other").limits().admit(new Demand(List.of(), List.of(share), 10))));
    }

    @Test
    void outOfMemory_failsTheStage_andChargesNothing() {
        assertEquals(GRANTED, take(1, MINUTE));
        rig.redis().command("CONFIG", "SET", "maxmemory", "1");
        try {
            assertEquals(MailException.Kind.UNAVAILABLE, failure(ask(9, MINUTE)).kind());
        } finally {
            rig.redis().command("CONFIG", "SET", "maxmemory", "0");
        }
        assertEquals(GRANTED, take(9, MINUTE));
    }

    @Test
    void noConnection_failsTheStage_andDoesNotThrow() {
        RedisLimits limits = new RedisLimits(
                () -> {
                    throw new RedisConnectionException("none");
                },
                new LimitKeys("test", KeyNames.unkeyed()),
                InstantSource.system(),
                System::nanoTime,
                member.lost()::add);
        assertEquals(
                MailException.Kind.NETWORK,
                failure(limits.admit(new Demand(List.of("a"), List.of(), 1))).kind());
        assertEquals(MailException.Kind.NETWORK, failure(limits.close("a")).kind());
        Opening opening = new Opening("a", CircuitCause.FAILING, Instant.now().plus(MINUTE));
        assertEquals(MailException.Kind.NETWORK, failure(limits.open(opening)).kind());
    }

    @Test
    void stoppedRedis_blocksNobody() {
        rig.redis().pause();
        CompletionStage<Verdict> asked;
        try {
            asked = ask(1, MINUTE);
            assertFalse(asked.toCompletableFuture().isDone());
        } finally {
            rig.redis().resume();
        }
        assertEquals(GRANTED, answer(asked));
    }

    @Test
    void names_differWhereKeysDo_andBySecret() {
        LimitKeys plain = new LimitKeys("a", KeyNames.unkeyed());
        assertNotEquals(plain.name("\ud800"), plain.name("?"));
        assertEquals(plain.name("key"), new LimitKeys("b", KeyNames.unkeyed()).name("key"));
        LimitKeys keyed = new LimitKeys("a", KeyNames.keyed(ContentKeys.of(1, key(1))));
        assertNotEquals(plain.name("key"), keyed.name("key"));
        assertNotEquals(new LimitKeys("a", KeyNames.keyed(ContentKeys.of(2, key(2)))).name("key"), keyed.name("key"));
        assertThrows(IllegalArgumentException.class, () -> new LimitKeys("a}", KeyNames.unkeyed()));
    }

    private Verdict take(long units, Duration window) {
        return answer(ask(units, window));
    }

    private CompletionStage<Verdict> ask(long units, Duration window) {
        return member.limits().admit(new Demand(List.of(), List.of(new Share("a", 10, window, 0)), units));
    }

    private static MailException failure(CompletionStage<?> stage) {
        return assertInstanceOf(
                MailException.class,
                assertThrows(
                                ExecutionException.class,
                                () -> stage.toCompletableFuture().get(20, java.util.concurrent.TimeUnit.SECONDS))
                        .getCause());
    }

    private static byte[] key(int octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) octet);
        return key;
    }
}
