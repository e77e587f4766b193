package dev.steadymail.testkit.proxy;

import java.util.HashMap;
import java.util.Map;

/** What is counted. Guarded by the loop's lock, so that whoever has seen an effect finds it counted. */
final class Tally {

    private final Map<ProxyFault, Integer> used = new HashMap<>();
    private int connections;
    private int unreachable;
    private long toServer;
    private long toClient;
    private long buffered;
    private long peak;

    /** Counts a connection and returns its number. */
    int connection() {
        return ++connections;
    }

    void unreachable() {
        unreachable++;
    }

    void used(ProxyFault fault) {
        used.merge(fault, 1, Integer::sum);
    }

    void held(int bytes) {
        buffered += bytes;
        peak = Math.max(peak, buffered);
    }

    void dropped(int bytes) {
        buffered -= bytes;
    }

    void written(Direction direction, int bytes) {
        buffered -= bytes;
        if (direction == Direction.TO_SERVER) {
            toServer += bytes;
        } else {
            toClient += bytes;
        }
    }

    ProxyCounts counts(int open) {
        return new ProxyCounts(connections, open, unreachable, toServer, toClient, buffered, peak, used);
    }
}
