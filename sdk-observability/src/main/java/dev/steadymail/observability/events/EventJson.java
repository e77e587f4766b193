package dev.steadymail.observability.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.OperationNames;
import dev.steadymail.observability.events.Details.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes events as the published schema has them, from typed fields alone. Immutable and thread-safe. */
final class EventJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int OCTETS_OF_AN_EVENT = 300;

    private final UUID session;
    private final AccountNames accounts;
    private final OperationNames operations;

    EventJson(UUID session, AccountNames accounts, OperationNames operations) {
        this.session = session;
        this.accounts = accounts;
        this.operations = operations;
    }

    /** Returns the JSON of events, in UTF-8. */
    byte[] of(List<ClientEvent> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(events.size() * OCTETS_OF_AN_EVENT);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("sessionId", session.toString());
            json.writeStringField("sdk", SdkVersion.NAME);
            json.writeArrayFieldStart("events");
            Details details = new Details(json, accounts, operations);
            for (ClientEvent event : events) {
                write(event, json, details);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory is written to", impossible);
        }
        return out.toByteArray();
    }

    private static void write(ClientEvent event, JsonGenerator json, Details details) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type(event));
        json.writeNumberField("timestamp", Details.millis(event.at()));
        json.writeObjectFieldStart("details");
        details.account(event.account(), event.at());
        if (!(event instanceof RequestEvent)) {
            details.word(Field.PROTOCOL, event.protocol());
        }
        write(event, details);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String type(ClientEvent event) {
        if (event instanceof RequestEvent) {
            return requestType(event.protocol());
        } else if (event instanceof RetryEvent) {
            return "retry";
        } else if (event instanceof ThrottleEvent || event instanceof LimitEvent) {
            return "rate_limit";
        } else if (event instanceof CircuitEvent) {
            return "circuit_breaker";
        } else if (event instanceof ErrorEvent) {
            return "error";
        } else if (event instanceof CacheEvent) {
            return "cache";
        } else if (event instanceof SyncEvent) {
            return "sync";
        }
        return event instanceof WatchingEvent ? "watch" : "send";
    }

    private static String requestType(Protocol protocol) {
        return switch (protocol) {
            case GMAIL -> "gmail_request";
            case IMAP -> "imap_request";
            case SMTP -> "smtp_request";
            case OTHER -> "other_request";
        };
    }

    private static void write(ClientEvent event, Details details) throws IOException {
        if (event instanceof RequestEvent request) {
            request(request, details);
        } else if (event instanceof RetryEvent retry) {
            retry(retry, details);
        } else if (event instanceof ThrottleEvent throttle) {
            throttle(throttle, details);
        } else if (event instanceof CircuitEvent circuit) {
            circuit(circuit, details);
        } else if (event instanceof LimitEvent limit) {
            details.limit(limit.limit()).number(Field.USED, limit.used()).number(Field.UNITS, limit.units());
        } else if (event instanceof ErrorEvent error) {
            error(error, details);
        } else if (event instanceof CacheEvent cache) {
            cache(cache, details);
        } else if (event instanceof SyncEvent sync) {
            sync(sync, details);
        } else if (event instanceof WatchingEvent watching) {
            watching(watching, details);
        } else if (event instanceof SendEvent send) {
            send(send, details);
        }
    }

    private static void request(RequestEvent event, Details details) throws IOException {
        details.operation(event.operation())
                .word(Field.LANE, event.lane())
                .number(Field.RETRY_COUNT, event.attempt() - 1L)
                .number(Field.UNITS, event.units())
                .millis(Field.WAITED, event.waited())
                .millis(Field.LATENCY, event.latency())
                .number(Field.QUEUE_SIZE, event.queued())
                .outcome(event.failure());
    }

    private static void retry(RetryEvent event, Details details) throws IOException {
        details.operation(event.operation())
                .word(Field.LANE, event.lane())
                .number(Field.RETRY_COUNT, event.attempt() - 1L)
                .moment(Field.RETRY_AT, after(event.at(), event.delay()))
                .outcome(event.reason());
    }

    private static void throttle(ThrottleEvent event, Details details) throws IOException {
        details.word(Field.REACH, event.reach())
                .outcome(event.kind())
                .moment(Field.RETRY_AT, event.until())
                .truth(Field.STATED, event.stated())
                .number(Field.MAX_IN_FLIGHT, event.maxInFlight());
    }

    private static void circuit(CircuitEvent event, Details details) throws IOException {
        details.word(Field.REACH, event.reach())
                .hyphened(Field.CIRCUIT_BREAKER_STATE, event.state())
                .word(Field.CAUSE, event.cause())
                .moment(Field.RETRY_AT, event.until());
    }

    private static void error(ErrorEvent event, Details details) throws IOException {
        details.operation(event.operation())
                .word(Field.LANE, event.lane())
                .number(Field.ATTEMPTS, event.attempts())
                .millis(Field.LATENCY, event.elapsed())
                .outcome(event.kind());
    }

    private static void cache(CacheEvent event, Details details) throws IOException {
        details.word(Field.SUBJECT, event.subject())
                .number(Field.HITS, event.hits())
                .number(Field.SHARED_HITS, event.sharedHits())
                .number(Field.SOURCED, event.sourced())
                .number(Field.LOADS, event.loads())
                .number(Field.STALE, event.stale())
                .millis(Field.LATENCY, event.latency())
                .outcome(event.failure());
    }

    private static void sync(SyncEvent event, Details details) throws IOException {
        details.word(Field.MODE, event.mode())
                .number(Field.CREATED, event.created())
                .number(Field.UPDATED, event.updated())
                .number(Field.DESTROYED, event.destroyed())
                .number(Field.RECOVERED, event.recovered())
                .number(Field.PARKED, event.parked())
                .millis(Field.LATENCY, event.elapsed())
                .outcome(event.failure());
    }

    private static void watching(WatchingEvent event, Details details) throws IOException {
        Duration retryIn = event.retryIn();
        details.outcome(event.news())
                .word(Field.CAUSE, event.failure())
                .moment(Field.RETRY_AT, retryIn == null ? null : after(event.at(), retryIn));
    }

    private static void send(SendEvent event, Details details) throws IOException {
        details.outcome(event.outcome())
                .number(Field.ATTEMPTS, event.attempts())
                .millis(Field.LATENCY, event.elapsed())
                .word(Field.CAUSE, event.failure());
    }

    /** Durations can be longer than time goes on. */
    private static Instant after(Instant at, Duration delay) {
        return delay.compareTo(Duration.between(at, Instant.MAX)) < 0 ? at.plus(delay) : Instant.MAX;
    }
}
