package dev.steadymail.guard;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one account's calls and the wire. Every attempt has a time limit, every call a deadline; what may be repeated is
 * repeated with full jitter; and when the provider states a time to come back, the whole account waits until then. Thread-safe.
 *
 * <p>An attempt runs on a worker thread while its caller waits, so that a caller can give up, be interrupted or be closed
 * although the attempt is stuck in a socket.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Guard implements AutoCloseable {
    private final TimeSource time;
    private final Executor workers;
    private final RetryPolicy policy;
    private final Traffic traffic;
    private final Set<RunningAttempt<?>> running = ConcurrentHashMap.newKeySet();
    private final Pause pause;
    private volatile boolean closed;

    Guard(TimeSource time, AccountId account, GuardProfile profile, Traffic traffic) {
        this.time = time;
        this.workers = java.util.concurrent.ForkJoinPool.commonPool();
        this.policy = profile.settings().retryPolicy();
        this.traffic = traffic;
        this.pause = new Pause(time, traffic);
    }

    /**
     * Runs a request, repeating it where that is safe and useful.
     *
     * @throws MailException with the number of attempts made; of kind DEADLINE where the deadline passed first, of kind CANCELLED
     *     where the calling thread was interrupted (its interrupt flag stays set) or this guard was closed
     */
    public <T> T call(Request request, Lane lane, Deadline deadline, Attempt<T> attempt) {
        MailException last = null;
        int number = 1;
        while (true) {
            awaitPause(request, deadline, last);
            Duration limit = timeLeft(request, deadline, last);
            try {
                return attemptOnce(request, deadline, limit, unlessPaused(attempt));
            } catch (PausedException notSent) {
                continue;
            } catch (MailException failure) {
                last = counted(failure, number, last);
            }
            pauseOrBackOff(request, deadline, number, last);
            number++;
        }
    }

    /** Like {@link #call}, for a request that does not block; the future fails as {@code call} does. */
    public <T> CompletableFuture<T> callAsync(Request request, Lane lane, Deadline deadline, AsyncAttempt<T> attempt) {
        throw new UnsupportedOperationException();
    }

    /** Returns why this account is as fast as it is. */
    public Explanation explain() {
        throw new UnsupportedOperationException();
    }

    /** Returns what is left of the account's quotas. */
    public Ledger ledger() {
        throw new UnsupportedOperationException();
    }

    /** Returns how many parts a batch may have now, 5 to 50. */
    public int batchParts() {
        return 10;
    }

    /** Says how a batch went: whether any part was refused for being too much at once. */
    public void batchEnded(boolean partRefused) {}

    /** Closes every circuit of this account by hand, and forgets lowered limits. Circuits shared with other accounts stay. */
    public void reset() {}

    /** Refuses new calls, and waits until those that were accepted have ended; answers whether they did in time. */
    public boolean drain(Duration limit) {
        throw new UnsupportedOperationException();
    }

    /** Returns until when the provider asked this account to wait, or null where it did not or that time has passed. */
    public @Nullable Instant pausedUntil() {
        return pause.end();
    }

    /** Ends every running attempt with kind CANCELLED and refuses new calls. Harmless when repeated. */
    @Override
    public void close() {
        closed = true;
        running.forEach(attempt -> attempt.fail(cancelled()));
    }

    /** Another call may have been told to wait while this one was handed to its worker. */
    private <T> Attempt<T> unlessPaused(Attempt<T> attempt) {
        return cancellation -> {
            if (pause.end() != null) {
                throw new PausedException();
            }
            return attempt.run(cancellation);
        };
    }

    private <T> T attemptOnce(Request request, Deadline deadline, Duration limit, Attempt<T> attempt) {
        RunningAttempt<T> run = new RunningAttempt<>(attempt);
        running.add(run);
        try {
            checkOpen();
            return run.await(workers, time, limit, () -> tooLate(request, deadline, limit));
        } catch (MailException failure) {
            boolean abandoned = failure.kind() == Kind.CANCELLED && run.hasStarted() && !request.repeatable();
            throw abandoned ? failure.toBuilder().mayHaveTakenEffect(true).build() : failure;
        } finally {
            running.remove(run);
        }
    }

    private Duration timeLeft(Request request, Deadline deadline, @Nullable MailException last) {
        Duration limit = deadline.atMost(request.timeout());
        if (limit.isZero()) {
            throw notSent(
                    MailException.of(Kind.DEADLINE, request.operation() + " was not sent: its deadline has passed"),
                    last);
        }
        return limit;
    }

    /** Adds how many attempts were made and what the earlier ones met. */
    private static MailException counted(MailException failure, int attempts, @Nullable MailException earlier) {
        MailException counted = failure.toBuilder().attempts(attempts).build();
        if (earlier != null) {
            counted.addSuppressed(earlier);
        }
        return counted;
    }

    private static MailException notSent(MailException failure, @Nullable MailException last) {
        return counted(failure, last == null ? 0 : last.attempts(), last);
    }

    private MailException tooLate(Request request, Deadline deadline, Duration limit) {
        Kind kind = deadline.hasPassed() ? Kind.DEADLINE : Kind.TIMEOUT;
        return MailException.builder(kind, request.operation() + " had no answer within " + limit.toMillis() + " ms")
                .mayHaveTakenEffect(!request.repeatable())
                .build();
    }

    /** Another call's answer may lengthen the pause while this one waits, so it is looked at again. */
    private void awaitPause(Request request, Deadline deadline, @Nullable MailException last) {
        for (Instant end = pause.end(); end != null; end = pause.end()) {
            Duration left = Duration.between(time.now(), end);
            if (!deadline.allows(left)) {
                throw MailException.builder(
                                Kind.THROTTLED,
                                request.operation() + " was not sent: the provider asked this account to wait until "
                                        + end + ", after the call's deadline")
                        .retryAt(end)
                        .attempts(last == null ? 0 : last.attempts())
                        .cause(last)
                        .build();
            }
            waitFor(left, last);
        }
    }

    private void pauseOrBackOff(Request request, Deadline deadline, int attempts, MailException failure) {
        failure.retryAt().ifPresent(pause::until);
        if (!mayRepeat(request, failure) || attempts >= policy.maxAttempts()) {
            throw failure;
        }
        Duration delay = delay(attempts, failure);
        if (!deadline.allows(delay)) {
            throw failure;
        }
        traffic.countRetry();
        waitFor(delay, failure);
    }

    private static boolean mayRepeat(Request request, MailException failure) {
        return failure.isRetryable() && (request.repeatable() || !failure.mayHaveTakenEffect());
    }

    /** The larger of the provider's hint and our own backoff. */
    private Duration delay(int attempts, MailException failure) {
        Duration own = policy.backoff(attempts, time.random());
        Duration hinted =
                failure.retryAt().map(at -> Duration.between(time.now(), at)).orElse(Duration.ZERO);
        return own.compareTo(hinted) > 0 ? own : hinted;
    }

    private void waitFor(Duration delay, @Nullable MailException last) {
        RunningAttempt<Boolean> wait = new RunningAttempt<>(cancellation -> true);
        running.add(wait);
        try {
            checkOpen();
            wait.sleep(time, delay);
        } catch (MailException ended) {
            throw notSent(ended, last);
        } finally {
            running.remove(wait);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw cancelled();
        }
    }

    private static MailException cancelled() {
        return MailException.of(Kind.CANCELLED, "the client was closed; open the account again to go on");
    }
}
