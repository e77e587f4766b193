package dev.steadymail.testkit.gmail;

import java.util.HashMap;
import java.util.Map;

/** Counts what came and went, per user and in all. Threadsafe. */
final class UsageTable {
    private final Map<String, Counts> users = new HashMap<>(); // guarded by this
    private long requests;
    private long batches;
    private long parts;
    private long bytesReceived;
    private long bytesSent;

    /** What one user's calls came to. */
    private static final class Counts {
        final Map<String, Integer> calls = new HashMap<>();
        long units;
        int quotaRefusals;
        int concurrencyRefusals;
        int mostInFlight;
    }

    synchronized void charged(String user, String call, int units) {
        Counts counts = of(user);
        counts.units += units;
        counts.calls.merge(call, 1, Integer::sum);
    }

    synchronized void refusedByQuota(String user) {
        of(user).quotaRefusals++;
    }

    synchronized void refusedAsTooMany(String user) {
        of(user).concurrencyRefusals++;
    }

    synchronized void inFlight(String user, int count) {
        Counts counts = of(user);
        counts.mostInFlight = Math.max(counts.mostInFlight, count);
    }

    synchronized void received(int bytes) {
        requests++;
        bytesReceived += bytes;
    }

    synchronized void sent(int bytes) {
        bytesSent += bytes;
    }

    synchronized void batch(int count) {
        batches++;
        parts += count;
    }

    synchronized GmailUsage usage(String user) {
        Counts counts = of(user);
        return new GmailUsage(
                counts.units, counts.calls, counts.quotaRefusals, counts.concurrencyRefusals, counts.mostInFlight);
    }

    synchronized GmailTraffic traffic() {
        return new GmailTraffic(requests, batches, parts, bytesReceived, bytesSent);
    }

    private Counts of(String user) {
        return users.computeIfAbsent(user, name -> new Counts());
    }
}
