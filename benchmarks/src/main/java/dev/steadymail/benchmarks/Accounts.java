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
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.Random;

/** Guarded accounts of one process. Thread-safe. */
final class Accounts {
    /** A read that may be repeated and costs one unit. */
    static final Request READ = Request.repeatable("benchmark.read", Duration.ofSeconds(10));

    private static final Duration FAR_AWAY = Duration.ofHours(1);

    private final TimeSource time;
    private final Guards guards;

    Accounts(TimeSource time) {
        this.time = time;
        this.guards = new Guards(time, null, null);
    }

    Guard open(String name, GuardSettings settings) {
        return open(name, GuardProfile.alone(settings));
    }

    Guard open(String name, GuardProfile profile) {
        return guards.open(new AccountId(name), profile, new Traffic(time.nanos()));
    }

    /** Returns a deadline that no benchmark lives to see. */
    Deadline farAway() {
        return time.deadline(FAR_AWAY);
    }

    /** Returns so many of them, all different and in no order. */
    Deadline[] farAway(int count) {
        Random random = new Random(count);
        Deadline[] deadlines = new Deadline[count];
        for (int i = 0; i < count; i++) {
            deadlines[i] = time.deadline(FAR_AWAY.plusNanos(random.nextLong(FAR_AWAY.toNanos())));
        }
        return deadlines;
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
}
