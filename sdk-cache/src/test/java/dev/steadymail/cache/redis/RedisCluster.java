package dev.steadymail.cache.redis;

import dev.steadymail.testkit.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of some masters without replicas, each with its share of the slots. */
final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration START = Duration.ofSeconds(20);

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisCluster() {}

    static RedisCluster start(int size) {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int number = 0; number < size; number++) {
                cluster.add(number, size);
            }
            cluster.nodes.forEach(node -> cluster.awaitUp(node));
            return cluster;
        } catch (RuntimeException | AssertionError failure) {
            cluster.close();
            throw failure;
        }
    }

    private void add(int number, int size) {
        RedisProcess node = RedisProcess.startNode("--cluster-node-timeout", "2000");
        nodes.add(node);
        IntStream slots = IntStream.range(SLOTS * number / size, SLOTS * (number + 1) / size);
        node.command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots.mapToObj(Integer::toString))
                .toArray(String[]::new));
        node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(number + 1));
        node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node(0).port()));
    }

    private void awaitUp(RedisProcess node) {
        long end = System.nanoTime() + START.toNanos();
        while (!isUp(node.command("CLUSTER", "INFO"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the cluster does not come up");
            }
            LimitsRig.pass(Duration.ofMillis(10));
        }
    }

    private boolean isUp(String info) {
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + nodes.size() + "\r");
    }

    RedisProcess node(int number) {
        return nodes.get(number);
    }

    String url() {
        return nodes.stream()
                .map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    void empty() {
        nodes.forEach(node -> node.command("FLUSHALL"));
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
