package dev.steadymail.benchmarks;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.time.ManualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.openjdk.jol.info.GraphLayout;

/**
 * What an account costs while nothing happens: a minute after its last call.
 *
 * @param heapBytes by how much one more account makes the heap larger, its id and its counters included
 * @param reachableBytes the size of all objects that one more account brings, by JOL
 * @param timers timers that wait to run, for all accounts
 * @param threads threads that there are now and were not before
 */
record Footprint(double heapBytes, double reachableBytes, int timers, int threads) {
    private static final int ACCOUNTS = 10_000;
    private static final int CALLS_BEFORE = 5;
    private static final int COLLECTIONS = 4;
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** Opens 10,000 accounts with one profile, lets each make some calls, and looks at what stays. */
    static Footprint of(GuardProfile profile, boolean failedOnce) {
        ManualTime time = new ManualTime();
        Accounts accounts = new Accounts(time.timeSource(0));
        Guard[] open = new Guard[ACCOUNTS];
        open[0] = used(accounts, profile, failedOnce, 0);
        time.advance(QUIET);
        long reachableByOne = GraphLayout.parseInstance((Object) open).totalSize();
        // Only now: JOL starts threads of its own when it is first used.
        int threadsBefore = liveThreads();
        long heapBefore = heapInUse();
        for (int i = 1; i < ACCOUNTS; i++) {
            open[i] = used(accounts, profile, failedOnce, i);
        }
        time.advance(QUIET);
        long heap = heapInUse() - heapBefore;
        int threads = liveThreads() - threadsBefore;
        long reachable = GraphLayout.parseInstance((Object) open).totalSize() - reachableByOne;
        double more = ACCOUNTS - 1.0;
        return new Footprint(heap / more, reachable / more, time.pendingTimers(), threads);
    }

    private static Guard used(Accounts accounts, GuardProfile profile, boolean failedOnce, int number) {
        Guard account = accounts.open("account-" + number, profile);
        if (failedOnce) {
            accounts.failOnce(account);
        }
        for (int i = 0; i < CALLS_BEFORE; i++) {
            account.call(Accounts.READ, Lane.INTERACTIVE, accounts.farAway(), GuardedCall::attempt);
        }
        return account;
    }

    private static int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Several collections, since the first may leave what finalizers and references hold. */
    @SuppressWarnings("CallToSystemGC")
    private static long heapInUse() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
