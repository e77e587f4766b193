package dev.steadymail.observability.log;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.EnumWords;
import dev.steadymail.observability.OperationNames;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line about one event: its name, then figures and words of the SDK's own with their names. No text of anybody's gets here: the only
 * free string of an event, an operation's name, is told where it is known.
 *
 * @param line what is made
 */
record EventLine(LoggingEventBuilder line, OperationNames operations) {
    static void write(
            LoggingEventBuilder builder,
            ClientEvent event,
            OperationNames operations,
            @Nullable AccountNames accounts) {
        LoggingEventBuilder named = accounts == null
                ? builder
                : builder.addKeyValue(LogKeys.ACCOUNT, accounts.of(event.account(), event.at()));
        new EventLine(named.addKeyValue(LogKeys.PROTOCOL, EnumWords.of(event.protocol())), operations).write(event);
    }

    /** Most are about requests. */
    private void write(ClientEvent event) {
        if (event instanceof RequestEvent request) {
            write(request);
        } else if (event instanceof RetryEvent retry) {
            write(retry);
        } else if (event instanceof ErrorEvent error) {
            write(error);
        } else if (event instanceof ThrottleEvent throttle) {
            write(throttle);
        } else if (event instanceof CircuitEvent circuit) {
            write(circuit);
        } else if (event instanceof LimitEvent limit) {
            line.log("limit used={} units={}", limit.used(), limit.units());
        } else {
            writeWork(event);
        }
    }

    private void writeWork(ClientEvent event) {
        if (event instanceof CacheEvent cache) {
            write(cache);
        } else if (event instanceof SyncEvent sync) {
            write(sync);
        } else if (event instanceof SendEvent send) {
            write(send);
        } else if (event instanceof WatchingEvent watching) {
            write(watching);
        }
    }

    private void write(RequestEvent request) {
        about(request.operation(), request.lane())
                .log(
                        "request {} {} attempt={} units={} waited={} latency={} queued={} outcome={}",
                        operations.of(request.operation()),
                        EnumWords.of(request.lane()),
                        request.attempt(),
                        request.units(),
                        millis(request.waited()),
                        millis(request.latency()),
                        request.queued(),
                        outcome(request.failure()));
    }

    private void write(RetryEvent retry) {
        about(retry.operation(), retry.lane())
                .log(
                        "retry {} {} attempt={} delay={} reason={}",
                        operations.of(retry.operation()),
                        EnumWords.of(retry.lane()),
                        retry.attempt(),
                        millis(retry.delay()),
                        EnumWords.of(retry.reason()));
    }

    private void write(ErrorEvent error) {
        about(error.operation(), error.lane())
                .log(
                        "error {} {} kind={} attempts={} elapsed={}",
                        operations.of(error.operation()),
                        EnumWords.of(error.lane()),
                        EnumWords.of(error.kind()),
                        error.attempts(),
                        millis(error.elapsed()));
    }

    private LoggingEventBuilder about(String operation, Lane lane) {
        return line.addKeyValue(LogKeys.OPERATION, operations.of(operation))
                .addKeyValue(LogKeys.LANE, EnumWords.of(lane));
    }

    private void write(ThrottleEvent throttle) {
        line.log(
                "throttle {} kind={} until={} stated={} maxInFlight={}",
                EnumWords.of(throttle.reach()),
                EnumWords.of(throttle.kind()),
                throttle.until(),
                throttle.stated(),
                throttle.maxInFlight());
    }

    private void write(CircuitEvent circuit) {
        line.log(
                "circuit {} state={} cause={} until={}",
                EnumWords.of(circuit.reach()),
                EnumWords.of(circuit.state()),
                word(circuit.cause()),
                time(circuit.until()));
    }

    private void write(CacheEvent cache) {
        line.log(
                "cache {} hits={} sharedHits={} sourced={} loads={} stale={} latency={} outcome={}",
                EnumWords.of(cache.subject()),
                cache.hits(),
                cache.sharedHits(),
                cache.sourced(),
                cache.loads(),
                cache.stale(),
                millis(cache.latency()),
                outcome(cache.failure()));
    }

    private void write(SyncEvent sync) {
        line.log(
                "sync {} created={} updated={} destroyed={} recovered={} parked={} elapsed={} outcome={}",
                EnumWords.of(sync.mode()),
                sync.created(),
                sync.updated(),
                sync.destroyed(),
                sync.recovered(),
                sync.parked(),
                millis(sync.elapsed()),
                outcome(sync.failure()));
    }

    private void write(SendEvent send) {
        line.log(
                "send {} attempts={} elapsed={} failure={}",
                EnumWords.of(send.outcome()),
                send.attempts(),
                millis(send.elapsed()),
                word(send.failure()));
    }

    private void write(WatchingEvent watching) {
        Duration retryIn = watching.retryIn();
        line.log(
                "watch {} retryIn={} failure={}",
                EnumWords.of(watching.news()),
                retryIn == null ? "-" : millis(retryIn),
                word(watching.failure()));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    private static String outcome(@Nullable Kind failure) {
        return failure == null ? "succeeded" : EnumWords.of(failure);
    }

    private static String word(@Nullable Enum<?> constant) {
        return constant == null ? "-" : EnumWords.of(constant);
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "-" : instant.toString();
    }
}
