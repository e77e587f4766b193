package dev.steadymail.event;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client did or met. By its types an event can hold no address, subject, search word, body or message id; the
 * account is named, so that listeners in the process can tell accounts apart.
 */
public sealed interface ClientEvent {
    /** Returns when it happened, by the runtime's clock. */
    Instant at();

    /** Returns whose client it was. */
    AccountId account();

    /**
     * One attempt ended.
     *
     * @param operation the provider's name for the request, for example {@code messages.get}
     * @param lane the lane it was in
     * @param attempt 1 for the first
     * @param units what it cost
     * @param waited how long the call had waited for this attempt's start
     * @param latency from start to end
     * @param failure what it ended with, or null where it succeeded
     */
    record RequestEvent(
            Instant at,
            AccountId account,
            String operation,
            Lane lane,
            int attempt,
            int units,
            Duration waited,
            Duration latency,
            @Nullable Kind failure)
            implements ClientEvent {}

    /**
     * A failed attempt will be repeated.
     *
     * @param operation the provider's name for the request
     * @param attempt the attempt that failed, from 1
     * @param delay how long until the next may start
     * @param reason what the attempt failed with
     */
    record RetryEvent(Instant at, AccountId account, String operation, int attempt, Duration delay, Kind reason)
            implements ClientEvent {}

    /**
     * The provider asked for a pause, or for fewer requests at once.
     *
     * @param reach who has to wait
     * @param kind THROTTLED or CONCURRENCY
     * @param until when the pause ends
     * @param stated whether the provider stated the time; otherwise it is ours
     * @param maxInFlight how many requests may be in flight from now on
     */
    record ThrottleEvent(
            Instant at, AccountId account, Reach reach, Kind kind, Instant until, boolean stated, int maxInFlight)
            implements ClientEvent {}

    /**
     * A circuit changed.
     *
     * @param reach whose circuit it is
     * @param state {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
     * @param cause {@code THROTTLED} or {@code FAILING}, or null where it closed
     * @param until when requests pass again, or null
     */
    record CircuitEvent(
            Instant at,
            AccountId account,
            Reach reach,
            String state,
            @Nullable String cause,
            @Nullable Instant until) implements ClientEvent {}

    /**
     * A quota is nearly used up, or limits shared with other processes cannot be reached.
     *
     * @param limit the limit's name, or {@code shared} where the shared store does not answer
     * @param used units used, 0 where not known
     * @param units the limit's units, 0 where not known
     */
    record LimitEvent(Instant at, AccountId account, String limit, long used, long units) implements ClientEvent {}

    /**
     * A call failed for good.
     *
     * @param operation the provider's name for the request
     * @param kind what it failed with
     * @param attempts how many attempts were made
     */
    record ErrorEvent(Instant at, AccountId account, String operation, Lane lane, Kind kind, int attempts)
            implements ClientEvent {}
}
