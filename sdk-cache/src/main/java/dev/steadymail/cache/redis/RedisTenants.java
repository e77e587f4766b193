package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.RedisNames.ascii;

import java.util.List;

/**
 * Holds the accounts of a tenant within one weight. They lie in any slots of a cluster, so a set in the tenant's own slot notes what each
 * weighs after it was written to, and where all are too heavy the largest is made lighter. Nobody waits for that: between a write and its
 * note, and where notes are lost, a tenant is above its bound. Thread-safe.
 */
final class RedisTenants {
    /** Values that give way in one step of Redis, which serves nobody else meanwhile. */
    private static final int AT_ONCE = 500;

    /** Steps after one write; later writes go on. */
    private static final int MOST_STEPS = 20;

    private final RedisCalls calls;
    private final RedisNames names;
    private final RedisSettings settings;
    private final RedisScript tenant = RedisScript.named("tenant");
    private final RedisScript trim = RedisScript.named("weights", "trim");

    RedisTenants(RedisCalls calls, RedisNames names, RedisSettings settings) {
        this.calls = calls;
        this.names = names;
        this.settings = settings;
    }

    /** An account has this weight now. */
    void weighed(byte[] tenantHash, byte[] accountHash, byte[] weight) {
        weighed(tenantHash, accountHash, weight, MOST_STEPS);
    }

    private void weighed(byte[] tenantHash, byte[] accountHash, byte[] weight, int steps) {
        List<byte[]> arguments = List.of(
                accountHash,
                weight,
                ascii(Long.toString(settings.tenantWeight())),
                ascii(Long.toString(settings.keptFor().toMillis())));
        calls.send(
                0,
                commands -> tenant.run(commands, names.accountsOf(tenantHash), arguments)
                        .thenAccept(answer -> {
                            if (steps > 0
                                    && answer.size() == 2
                                    && answer.get(0) instanceof byte[] largest
                                    && answer.get(1) instanceof byte[] bound) {
                                lighten(tenantHash, largest, bound, steps - 1);
                            }
                        }));
    }

    private void lighten(byte[] tenantHash, byte[] accountHash, byte[] bound, int steps) {
        List<byte[]> arguments = List.of(tenantHash, bound, ascii(Integer.toString(AT_ONCE)));
        calls.send(
                0,
                commands -> trim.run(commands, names.weightsOf(accountHash), arguments)
                        .thenAccept(answer -> {
                            if (answer.get(0) instanceof byte[] weight) {
                                weighed(tenantHash, accountHash, weight, steps);
                            }
                        }));
    }
}
