package dev.steadymail.guard;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the guard itself has to say to callers. Each names the cause and, where there is one, the remedy. */
final class Refusals {
    private Refusals() {}

    static MailException closed() {
        return MailException.of(Kind.CANCELLED, "the client was closed; open the account again to go on");
    }

    static MailException draining() {
        return MailException.of(Kind.CANCELLED, "the client is being drained and takes no new calls");
    }

    static MailException interrupted() {
        return MailException.of(Kind.CANCELLED, "the calling thread was interrupted");
    }

    static MailException abandoned() {
        return MailException.of(Kind.CANCELLED, "the caller gave up");
    }

    static MailException queueFull(Request request, int waiting) {
        return MailException.of(
                Kind.QUEUE_FULL,
                request.operation() + " was not sent: " + waiting
                        + " calls of this account wait already; send fewer at once, or raise maxWaiting");
    }

    static MailException passed(Request request) {
        return MailException.of(Kind.DEADLINE, request.operation() + " was not sent: its deadline has passed");
    }

    static MailException passedWaiting(Request request, Obstacle obstacle) {
        return MailException.of(
                Kind.DEADLINE,
                request.operation() + " was not sent: its deadline passed while it waited for " + obstacle.text());
    }

    static MailException tooLong(Request request, int ahead, Instant earliest) {
        return MailException.builder(
                        Kind.DEADLINE,
                        request.operation() + " was not sent: " + ahead + " calls of its lane wait before it, so that"
                                + " it could not start before " + earliest + ", after its deadline")
                .retryAt(earliest)
                .build();
    }

    static MailException throttled(Request request, Instant until) {
        return MailException.builder(
                        Kind.THROTTLED,
                        request.operation() + " was not sent: the provider asked to wait until " + until
                                + ", after the call's deadline")
                .retryAt(until)
                .build();
    }

    static MailException open(Request request, Instant until) {
        return MailException.builder(
                        Kind.CIRCUIT_OPEN,
                        request.operation() + " was not sent: too many requests failed lately; the next may start at "
                                + until + ", after the call's deadline")
                .retryAt(until)
                .build();
    }

    static MailException noRoom(Request request, Obstacle limit, Instant at) {
        return MailException.builder(
                        Kind.DEADLINE,
                        request.operation() + " was not sent: " + limit.text() + " has no room for it before " + at
                                + ", after the call's deadline")
                .retryAt(at)
                .build();
    }

    static MailException ownLimit(Request request) {
        return MailException.of(
                Kind.THROTTLED, request.operation() + " was not sent: the application's own limit refused it");
    }

    static MailException fault(@Nullable Throwable thrown) {
        return MailException.builder(Kind.CANCELLED, "the attempt ended by a fault")
                .cause(thrown)
                .build();
    }

    /** Returns what an attempt that was broken from outside failed with. */
    static MailException broken(
            Request request, CancelReason reason, Cancellation flight, MailException thrown, long now) {
        Duration took = Duration.ofNanos(Math.min(now, flight.limitAt()) - flight.startedAt());
        return MailException.builder(kind(reason), message(request, reason, took))
                .mayHaveTakenEffect(!request.repeatable() && flight.hasBegun())
                .cause(thrown.getCause())
                .build();
    }

    private static Kind kind(CancelReason reason) {
        return switch (reason) {
            case TIMEOUT -> Kind.TIMEOUT;
            case DEADLINE -> Kind.DEADLINE;
            case CLOSED, ABANDONED -> Kind.CANCELLED;
        };
    }

    private static String message(Request request, CancelReason reason, Duration took) {
        return switch (reason) {
            case TIMEOUT, DEADLINE -> request.operation() + " had no answer within " + took.toMillis() + " ms";
            case CLOSED -> "the client was closed; open the account again to go on";
            case ABANDONED -> "the caller gave up: its thread was interrupted or its future cancelled";
        };
    }
}
