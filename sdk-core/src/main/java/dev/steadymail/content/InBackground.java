package dev.steadymail.content;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Request;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.function.Function;

/**
 * Reads for a run: in the BACKFILL lane, behind a guard of its own with few places, a pace and a circuit, so that a run never takes all
 * that the account may do. What requests cost is charged by the account's guard, which each of them passes as well. Thread-safe.
 *
 * <p>An attempt has the time of that guard's settings, and a second for each 10,000 octets. One that finds no room in a quota for so
 * long gives back its place and waits until there is room: that is no sign of sickness.
 */
final class InBackground implements Reading {
    /** How much later than the call the guard's own limit comes, so that the call says by itself why it ended. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Guard guard;
    private final TimeSource time;
    private final Duration timeout;

    InBackground(Guard guard, TimeSource time, Duration timeout) {
        this.guard = guard;
        this.time = time;
        this.timeout = timeout;
    }

    @Override
    public <T> T call(String operation, long octets, Function<Call, T> work) {
        Duration transfer = Duration.ofSeconds(octets / SLOWEST_BYTES_PER_SECOND);
        Duration attempt = guard.settings().attemptTimeout().plus(transfer);
        Deadline whole = time.deadline(timeout.plus(transfer));
        Request request = Request.repeatable(operation, attempt.plus(GRACE));
        return guard.call(request, Lane.BACKFILL, whole, flight -> {
            Call call = new Call(whole.within(attempt), Lane.BACKFILL);
            try {
                return work.apply(call);
            } catch (MailException failure) {
                throw whole.hasPassed() ? failure : ofAttempt(failure);
            }
        });
    }

    /** The deadline of an attempt is not that of the call. */
    private static MailException ofAttempt(MailException failure) {
        if (failure.kind() != Kind.DEADLINE) {
            return failure;
        }
        boolean noRoom = failure.retryAt().isPresent();
        return MailException.builder(noRoom ? Kind.THROTTLED : Kind.TIMEOUT, String.valueOf(failure.getMessage()))
                .retryAt(failure.retryAt().orElse(null))
                .cause(failure)
                .build();
    }
}
