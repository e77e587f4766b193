package dev.steadymail.imap.budget;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The hosts that the accounts of one process connect to, each with its budget. Thread-safe. */
public final class HostConnections implements AutoCloseable {
    private final Map<String, HostBudget> hosts = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /**
     * Starts without any host.
     *
     * @param nanos monotonic nanoseconds
     */
    public HostConnections(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Returns the budget of a host.
     *
     * @param host name and port
     * @param most connections at once, over all accounts
     * @param perMinute new connections within a minute; both are as stated last
     */
    public HostBudget of(String host, int most, int perMinute) {
        HostBudget budget = hosts.computeIfAbsent(host, absent -> new HostBudget(nanos));
        budget.limit(most, perMinute);
        return budget;
    }

    /** Wakes who waits; connections are their owners'. */
    @Override
    public void close() {
        hosts.values().forEach(HostBudget::wake);
    }
}
