package dev.steadymail.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.steadymail.guard.Guard;
import dev.steadymail.mail.Lane;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processor time of a process that waits.
 *
 * @param without while no account is open
 * @param with while 10,000 accounts are open, each of which has made a call
 */
record IdleCpu(Duration without, Duration with) {
    /** How long the process waits. */
    static final Duration WATCHED = Duration.ofSeconds(10);

    private static final int ACCOUNTS = 10_000;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static IdleCpu measure() throws InterruptedException {
        Duration without = used();
        List<Guard> open = new ArrayList<>();
        try (RealTime time = new RealTime()) {
            Accounts accounts = new Accounts(time.source());
            for (int i = 0; i < ACCOUNTS; i++) {
                Guard account = accounts.open("account-" + i, Limits.METERED);
                account.call(Accounts.READ, Lane.INTERACTIVE, accounts.farAway(), GuardedCall::attempt);
                open.add(account);
            }
            // What the JIT still compiles is not the accounts' doing.
            Thread.sleep(WATCHED.toMillis());
            Duration with = used();
            open.forEach(Guard::close);
            return new IdleCpu(without, with);
        }
    }

    private static Duration used() throws InterruptedException {
        long before = SYSTEM.getProcessCpuTime();
        Thread.sleep(WATCHED.toMillis());
        return Duration.ofNanos(SYSTEM.getProcessCpuTime() - before);
    }
}
