package dev.steadymail.benchmarks;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;

/** Guarded accounts of one process, on real time. Thread-safe. */
final class Accounts implements AutoCloseable {
    /** A read that may be repeated and costs one unit. */
    static final Request READ = Request.repeatable("benchmark.read", Duration.ofSeconds(10));

    private final RealTime time = new RealTime();
    private final Guards guards = new Guards(time.source(), null, null);

    Guard open(String name, GuardSettings settings) {
        return open(name, GuardProfile.alone(settings));
    }

    Guard open(String name, GuardProfile profile) {
        return guards.open(
                new AccountId(name), profile, new Traffic(time.source().nanos()));
    }

    /** Returns a deadline that no benchmark lives to see. */
    Deadline farAway() {
        return time.source().deadline(Duration.ofDays(1));
    }

    int pendingTimers() {
        return time.pending();
    }

    /** Lets one call fail as a provider's outage does, after which the account keeps an eye on failures. */
    void failOnce(Guard account) {
        try {
            account.call(READ, Lane.INTERACTIVE, farAway(), cancellation -> {
                throw MailException.of(Kind.UNAVAILABLE, "planted");
            });
        } catch (MailException planted) {
            return;
        }
        throw new IllegalStateException("the planted failure was swallowed");
    }

    @Override
    public void close() {
        time.close();
    }
}
