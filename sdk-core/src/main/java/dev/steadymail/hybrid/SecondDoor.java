package dev.steadymail.hybrid;

import dev.steadymail.hybrid.HybridReading.State;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider that reads in bulk, with what keeps it from harm: its meter of octets, rest after failures, and the end of its use where
 * it serves something else. Thread-safe.
 */
final class SecondDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecondDoor.class);
    private static final Duration FIRST_REST = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    /** What only a person can mend. */
    private static final Set<Kind> LASTING =
            EnumSet.of(Kind.AUTH, Kind.REAUTH_REQUIRED, Kind.FORBIDDEN, Kind.UNSUPPORTED, Kind.INVALID);

    private final MailProvider provider;
    private final ProviderContext context;
    private final ByteMeter meter;
    private final @Nullable BulkReader reader;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    // Guarded by this.
    private long counted;
    private Duration rest = Duration.ZERO;
    private long restsUntil;
    private @Nullable Kind lastFailure;
    private @Nullable String offBecause;

    SecondDoor(MailProvider provider, ProviderContext context, ByteMeter meter) {
        this.provider = provider;
        this.context = context;
        this.meter = meter;
        this.reader = provider.unwrap(BulkReader.class).orElse(null);
    }

    /** Returns what reads in bulk, null where the provider has none. */
    @Nullable
    BulkReader reader() {
        return reader;
    }

    ByteMeter meter() {
        return meter;
    }

    /** Returns whether it is worth asking, whatever octets are left. */
    synchronized boolean isOpen() {
        return reader != null && offBecause == null && !isResting();
    }

    /** Notes the octets that have passed since the last time. */
    synchronized void count() {
        long now = context.traffic().bytes();
        meter.add(now - counted);
        counted = now;
    }

    /** Waits for as long as the meter says; answers false, without waiting, where that would be past the deadline. */
    boolean pause(Deadline deadline) {
        Duration pause = meter.pause();
        if (pause.isZero()) {
            return true;
        }
        if (!deadline.allows(pause)) {
            return false;
        }
        CompletableFuture<Boolean> over = closed.copy();
        Scheduler.Timer timer = context.time().scheduler().schedule(() -> over.complete(false), pause);
        try {
            if (over.get()) {
                throw MailException.of(Kind.CANCELLED, "the client was closed; open the account again to go on");
            }
            return true;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            timer.cancel();
        }
    }

    synchronized void worked() {
        rest = Duration.ZERO;
        lastFailure = null;
    }

    /** Leaves the provider alone: longer from failure to failure, and no shorter than it asked for. */
    synchronized void failed(MailException failure) {
        Duration next = rest.isZero() ? FIRST_REST : rest.multipliedBy(2);
        next = LASTING.contains(failure.kind()) || next.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : next;
        Instant now = context.time().now();
        Duration asked = failure.retryAt().map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
        rest = next;
        restsUntil = context.time().nanoTime() + (asked.compareTo(next) > 0 ? asked : next).toNanos();
        lastFailure = failure.kind();
        LOG.info("bodies are read by the first door for a while: the second one failed with {}", failure.kind());
    }

    /** Ends its use by this client. */
    synchronized void turnOff(String reason) {
        offBecause = reason;
        LOG.warn("bodies are read by the first door only: {}", reason);
    }

    void forget() {
        if (reader != null) {
            reader.forget();
        }
    }

    <T> Optional<T> unwrap(Class<T> type) {
        return provider.unwrap(type);
    }

    synchronized HybridReading facts(long bySecond, long byFirst) {
        State state = state();
        Instant until = state == State.RESTING
                ? context.time().now().plusNanos(restsUntil - context.time().nanoTime())
                : meter.wholeAt();
        return new HybridReading(
                state,
                state == State.OFF ? null : until,
                reason(state),
                meter.used(),
                meter.limit(),
                bySecond,
                byFirst,
                context.guard().explain());
    }

    private State state() {
        if (reader == null || offBecause != null) {
            return State.OFF;
        }
        if (isResting()) {
            return State.RESTING;
        }
        if (meter.isSpent()) {
            return State.SPENT;
        }
        return meter.isSlow() ? State.PACED : State.READING;
    }

    private @Nullable String reason(State state) {
        return switch (state) {
            case READING -> null;
            case PACED -> "over 60 % of the day's octets are used";
            case SPENT -> "80 % of the day's octets are used";
            case RESTING -> "the last reading failed with " + lastFailure;
            case OFF -> reader == null ? "this provider cannot read in bulk" : offBecause;
        };
    }

    private boolean isResting() {
        return lastFailure != null && restsUntil - context.time().nanoTime() > 0;
    }

    @Override
    public void close() {
        closed.complete(true);
        context.guard().close();
        provider.close();
    }
}
