package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A replica takes the place of its master, with all that the master had, or without the last of it. */
class FailoverTest {
    private static final Verdict GRANTED = new Verdict.Granted();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<LostLimits> lost = new ArrayList<>();
    private final AtomicReference<StatefulRedisConnection<byte[], byte[]>> connection = new AtomicReference<>();
    private final RedisLimits limits = new RedisLimits(
            () -> connection.get().async(),
            new LimitKeys("test", KeyNames.unkeyed()),
            InstantSource.system(),
            System::nanoTime,
            lost::add);

    @Test
    void replicaHasAll_nothingIsLost() {
        try (LimitsRig master = new LimitsRig();
                LimitsRig replica = new LimitsRig()) {
            connection.set(master.connection());
            follow(replica, master);
            assertEquals(GRANTED, take(6));
            assertEquals(1, master.commands().waitForReplication(1, 10_000));
            promote(replica, master);
            assertEquals(GRANTED, take(4));
            assertInstanceOf(Verdict.NoRoom.class, take(1));
            assertEquals(List.of(), lost);
        }
    }

    @Test
    void replicaLacksTheLastChanges_isDoubted_andToldThePauseAgain() {
        try (LimitsRig master = new LimitsRig();
                LimitsRig replica = new LimitsRig()) {
            connection.set(master.connection());
            follow(replica, master);
            assertEquals(GRANTED, take(1));
            assertEquals(1, master.commands().waitForReplication(1, 10_000));
            replica.redis().command("REPLICAOF", "NO", "ONE");
            assertEquals(GRANTED, take(9));
            Instant until = Instant.now().plus(MINUTE);
            assertTrue(answer(limits.open(new Opening("a", CircuitCause.THROTTLED, until))));
            promote(replica, master);
            assertInstanceOf(Verdict.NoRoom.class, take(1));
            assertEquals(List.of(LostLimits.STORE), lost);
            LimitsRig.Member young = replica.join("test");
            Demand demand = new Demand(List.of("a"), List.of(), 1);
            assertInstanceOf(Verdict.Open.class, answer(young.limits().admit(demand)));
        }
    }

    private static void follow(LimitsRig replica, LimitsRig master) {
        String port = Integer.toString(master.redis().port());
        replica.redis().command("REPLICAOF", "127.0.0.1", port);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!replica.redis().command("INFO", "replication").contains("master_link_status:up")) {
            assertTrue(System.nanoTime() < end, "the replica does not follow");
            LimitsRig.pass(Duration.ofMillis(10));
        }
    }

    private void promote(LimitsRig replica, LimitsRig master) {
        master.redis().kill();
        replica.redis().command("REPLICAOF", "NO", "ONE");
        connection.set(replica.connection());
    }

    private Verdict take(long units) {
        return answer(limits.admit(new Demand(List.of(), List.of(new Share("quota", 10, MINUTE, 0)), units)));
    }
}
