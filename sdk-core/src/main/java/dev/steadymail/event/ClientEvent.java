package dev.steadymail.event;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client did or met. By its types an event can hold no address, subject, search word, body or message id; the
 * account is named, so that listeners in the process can tell accounts apart. The only words are names that the SDK gives: of
 * operations and of limits. Immutable.
 */
public sealed interface ClientEvent {
    /** Returns when it happened, by the runtime's clock. */
    Instant at();

    /** Returns whose client it was; {@code *} where it is about all accounts of the process. */
    AccountId account();

    /** Returns what was spoken. */
    Protocol protocol();

    /**
     * One attempt ended.
     *
     * @param operation the provider's name for the request, for example {@code messages.get}
     * @param lane the lane it was in
     * @param attempt 1 for the first
     * @param units what it cost
     * @param waited how long the call had waited for this attempt's start
     * @param latency from start to end
     * @param queued how many calls of the account waited when it ended
     * @param failure what it ended with, or null where it succeeded
     */
    record RequestEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            String operation,
            Lane lane,
            int attempt,
            int units,
            Duration waited,
            Duration latency,
            int queued,
            @Nullable Kind failure)
            implements ClientEvent {}

    /**
     * A failed attempt will be repeated.
     *
     * @param operation the provider's name for the request
     * @param lane the lane it is in
     * @param attempt the attempt that failed, from 1
     * @param delay how long until the next may start
     * @param reason what the attempt failed with
     */
    record RetryEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            String operation,
            Lane lane,
            int attempt,
            Duration delay,
            Kind reason)
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
            Instant at,
            AccountId account,
            Protocol protocol,
            Reach reach,
            Kind kind,
            Instant until,
            boolean stated,
            int maxInFlight)
            implements ClientEvent {}

    /**
     * A circuit changed.
     *
     * @param reach whose circuit it is
     * @param circuit tells circuits that accounts share apart, by a number that says nothing else; 0 for an account's own
     * @param state what it is now
     * @param cause why it is not closed, or null where it is
     * @param until when requests pass again, or null
     */
    record CircuitEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            Reach reach,
            int circuit,
            State state,
            @Nullable Cause cause,
            @Nullable Instant until)
            implements ClientEvent {
        /** Whether requests pass. */
        public enum State {
            /** They do. */
            CLOSED,
            /** They do not, until an instant. */
            OPEN,
            /** One does, to find out. */
            HALF_OPEN
        }

        /** Why a circuit is not closed. */
        public enum Cause {
            /** The provider asked for a pause. */
            THROTTLED,
            /** Too many requests failed. */
            FAILING
        }
    }

    /**
     * A quota is nearly used up, or limits shared with other processes cannot be reached.
     *
     * @param limit the limit's name, or {@code shared} where the shared store does not answer
     * @param used units used, 0 where not known
     * @param units the limit's units, 0 where not known
     */
    record LimitEvent(Instant at, AccountId account, Protocol protocol, String limit, long used, long units)
            implements ClientEvent {}

    /**
     * A call failed for good.
     *
     * @param operation the provider's name for the request
     * @param lane the lane it was in
     * @param kind what it failed with
     * @param attempts how many attempts were made
     * @param elapsed since the call was made
     */
    record ErrorEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            String operation,
            Lane lane,
            Kind kind,
            int attempts,
            Duration elapsed)
            implements ClientEvent {}

    /**
     * A cache answered. Each thing that was asked for is counted once, by what brought it.
     *
     * @param subject what was asked for
     * @param hits from memory
     * @param sharedHits from the level that processes share
     * @param sourced from a source of the application's own
     * @param loads from the provider, by this reading or by somebody else's of the same
     * @param stale from memory though older than the bound, since the circuit was open
     * @param latency how long the reader waited
     * @param failure what the reading failed with, or null
     */
    record CacheEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            Subject subject,
            int hits,
            int sharedHits,
            int sourced,
            int loads,
            int stale,
            Duration latency,
            @Nullable Kind failure)
            implements ClientEvent {
        /** What a cache is asked for. */
        public enum Subject {
            /** The list of mailboxes. */
            MAILBOXES,
            /** A page of a query. */
            LIST,
            /** Emails. */
            EMAIL,
            /** The ids of a thread. */
            THREAD,
            /** The octets of a message or a part of one. */
            CONTENT
        }
    }

    /**
     * A run of a sync ended.
     *
     * @param mode how changes were found; the most thorough mode wins
     * @param created emails added
     * @param updated emails whose mailboxes, keywords or id changed
     * @param destroyed emails dropped
     * @param recovered how many of those changes were found by comparing
     * @param parked emails that wait to be read
     * @param elapsed how long it took
     * @param failure what it ended with, or null where it came to its end
     */
    record SyncEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            Mode mode,
            long created,
            long updated,
            long destroyed,
            long recovered,
            long parked,
            Duration elapsed,
            @Nullable Kind failure)
            implements ClientEvent {
        /** How changes were found. */
        public enum Mode {
            /** Everything was read. */
            FULL,
            /** From a cursor. */
            INCREMENTAL,
            /** By comparing, after a gap. */
            RECOVERED
        }
    }

    /**
     * A watch told something.
     *
     * @param news what
     * @param retryIn when it is tried again to watch, where that was lost; else null
     * @param failure why it was lost, or null
     */
    record WatchingEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            News news,
            @Nullable Duration retryIn,
            @Nullable Kind failure)
            implements ClientEvent {
        /** What a watch tells. */
        public enum News {
            /** The server tells of every mailbox from now on. */
            WATCHING_ALL,
            /** The server tells of one mailbox from now on, the others are asked about. */
            WATCHING_ONE,
            /** The server is asked from now on. */
            POLLING,
            /** Something changed. */
            CHANGED,
            /** The account is not watched for now. */
            LOST
        }
    }

    /**
     * A message in an outbox got further.
     *
     * @param outcome what became of it
     * @param attempts how often it was tried to send it
     * @param elapsed since it was put into the outbox
     * @param failure what went wrong last, or null
     */
    record SendEvent(
            Instant at,
            AccountId account,
            Protocol protocol,
            Outcome outcome,
            int attempts,
            Duration elapsed,
            @Nullable Kind failure)
            implements ClientEvent {
        /** What became of a message. */
        public enum Outcome {
            /** It is in the outbox. */
            QUEUED,
            /** It surely was not sent, and is tried again later. */
            POSTPONED,
            /** The provider took it. */
            SENT,
            /** It was found among the sent mail. */
            SENT_BEFORE,
            /** Nobody knows whether it was sent. */
            UNKNOWN,
            /** It will not be sent. */
            REFUSED,
            /** It was taken back. */
            CANCELLED
        }
    }
}
