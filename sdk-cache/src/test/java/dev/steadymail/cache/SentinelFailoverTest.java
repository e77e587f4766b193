package dev.steadymail.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.Levels;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.cache.redis.SentinelRig;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Call;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A sentinel puts a replica in the place of its master that lacks the last of what the master was told. */
class SentinelFailoverTest {
    private static final SharedName STATE = SharedName.state("1");
    private static final Call CALL =
            new Call(new Deadline(System.nanoTime() + Duration.ofMinutes(1).toNanos(), System::nanoTime));

    @Test
    void whatTheReplicaDoesNotKnowToBeTouched_isNotGivenToWhoTouchedIt_andTheLevelGoesOn() {
        try (SentinelRig rig = new SentinelRig();
                RedisLevel level = connected(rig);
                RedisLevel other = connected(rig)) {
            SharedAccount mine = new SharedAccount(level, "ada");
            SharedAccount others = new SharedAccount(other, "ada");
            keep(mine, level, "old");
            assertEquals(Optional.of("old"), find(mine));
            rig.awaitReplica();
            rig.cutReplica();
            mine.touch(Set.of(new EmailId("1")));
            assertEquals(Optional.empty(), find(others));

            rig.master().kill();
            rig.awaitPromotion();
            Levels.settle(level);
            Levels.settle(other);
            assertEquals(Optional.of("old"), find(others), "the replica heard of the touch: nothing is shown by this");
            assertEquals(Optional.empty(), find(mine));

            keep(mine, level, "new");
            assertEquals(Optional.of("new"), find(mine));
            assertEquals(Optional.of("new"), find(others));
        }
    }

    private static RedisLevel connected(SentinelRig rig) {
        return Levels.connected(RedisSettings.encrypted(rig.url(), ContentKeys.of(1, new byte[32])));
    }

    private static void keep(SharedAccount account, SharedLevel level, String state) {
        Values values = new Values(Map.of(STATE, state.getBytes(UTF_8)), Map.of());
        account.keep(account.begin(Set.of(), Wanted.changing(List.of()), CALL).orElseThrow(), values);
        Levels.settle(level);
    }

    private static Optional<String> find(SharedAccount account) {
        return Optional.ofNullable(
                        account.find(Wanted.changing(List.of(STATE))).changing().get(STATE))
                .map(found -> new String(found.octets(), UTF_8));
    }
}
