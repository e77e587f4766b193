package dev.steadymail.cache.redis;

import dev.steadymail.testkit.redis.RedisProcess;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A master, its replica, and a sentinel that puts the replica in its place when it is down. */
public final class SentinelRig implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RedisProcess master = RedisProcess.start();
    private final RedisProcess replica = RedisProcess.start("--masteruser", "replica", "--masterauth", "secret");
    private final RedisProcess sentinel;

    public SentinelRig() {
        master.command("ACL", "SETUSER", "replica", "on", ">secret", "+psync", "+replconf", "+ping");
        master.command("CONFIG", "SET", "repl-diskless-sync-delay", "0");
        replica.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        await("the replica does not follow", () -> has(replica, "master_link_status:up"));
        sentinel = RedisProcess.startSentinel("mail", master, "down-after-milliseconds 500", "failover-timeout 3000");
        await(
                "the sentinel does not see the replica",
                () -> sentinel.command("SENTINEL", "REPLICAS", "mail").contains("slave-repl-offset"));
    }

    public RedisProcess master() {
        return master;
    }

    public String url() {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#mail";
    }

    void empty() {
        master.command("FLUSHALL");
    }

    /** Waits until the replica has all that the master has. */
    public void awaitReplica() {
        await("the replica is behind", () -> offset(replica).equals(offset(master)));
    }

    private static String offset(RedisProcess redis) {
        return redis.command("INFO", "replication")
                .lines()
                .filter(line -> line.startsWith("master_repl_offset:"))
                .findAny()
                .orElseThrow();
    }

    /** The replica is told nothing from now on. */
    public void cutReplica() {
        master.command("ACL", "DELUSER", "replica");
        await("the replica is still there", () -> has(master, "connected_slaves:0"));
    }

    public void awaitPromotion() {
        await("the replica is not promoted", () -> has(replica, "role:master"));
    }

    private static boolean has(RedisProcess redis, String word) {
        return redis.command("INFO", "replication").contains(word);
    }

    public static void await(String failure, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(failure);
            }
            LimitsRig.pass(Duration.ofMillis(10));
        }
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        master.close();
    }
}
