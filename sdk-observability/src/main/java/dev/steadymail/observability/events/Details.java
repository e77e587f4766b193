package dev.steadymail.observability.events;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.steadymail.mail.AccountId;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.OperationNames;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is told of one event. It takes numbers, times, words of enums and three kinds of names, and has no way to write any other
 * text: what is not named here cannot leave the process. Not thread-safe.
 */
final class Details {
    /** Says that an event is about every account of the process. */
    static final String ALL = "all";

    private static final String EVERY_ACCOUNT = "*";
    /** The names of limits that core gives; an application's own may say more than it should. */
    private static final Set<String> LIMITS = Set.of("account", "day", "project", "shared", "user");

    private final JsonGenerator json;
    private final AccountNames accounts;
    private final OperationNames operations;

    Details(JsonGenerator json, AccountNames accounts, OperationNames operations) {
        this.json = json;
        this.accounts = accounts;
        this.operations = operations;
    }

    Details account(AccountId account, Instant at) throws IOException {
        String name = account.value().equals(EVERY_ACCOUNT) ? ALL : accounts.of(account, at);
        json.writeStringField(Field.ACCOUNT.key, name);
        return this;
    }

    Details operation(String operation) throws IOException {
        json.writeStringField(Field.OPERATION.key, operations.of(operation));
        return this;
    }

    Details limit(String limit) throws IOException {
        json.writeStringField(Field.LIMIT.key, LIMITS.contains(limit) ? limit : OperationNames.OTHER);
        return this;
    }

    Details word(Field field, @Nullable Enum<?> word) throws IOException {
        if (word != null) {
            json.writeStringField(field.key, lower(word));
        }
        return this;
    }

    /** Writes a word as it is spoken, with hyphens. */
    Details hyphened(Field field, Enum<?> word) throws IOException {
        json.writeStringField(field.key, lower(word).replace('_', '-'));
        return this;
    }

    /** Writes what an event ended with, {@code success} where with no failure. */
    Details outcome(@Nullable Enum<?> failure) throws IOException {
        json.writeStringField(Field.OUTCOME.key, failure == null ? "success" : lower(failure));
        return this;
    }

    Details number(Field field, long number) throws IOException {
        json.writeNumberField(field.key, Math.max(0, number));
        return this;
    }

    Details truth(Field field, boolean truth) throws IOException {
        json.writeBooleanField(field.key, truth);
        return this;
    }

    Details millis(Field field, Duration duration) throws IOException {
        return number(field, millis(duration));
    }

    Details moment(Field field, @Nullable Instant moment) throws IOException {
        return moment == null ? this : number(field, millis(moment));
    }

    /** Returns milliseconds, none where it is negative, the most a long holds where there are more. */
    static long millis(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toMillis();
    }

    /** Returns milliseconds since 1970, within what a long holds. */
    static long millis(Instant moment) {
        if (moment.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return moment.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : moment.toEpochMilli();
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** All keys there are. */
    enum Field {
        ACCOUNT("account"),
        ATTEMPTS("attempts"),
        CAUSE("cause"),
        CIRCUIT_BREAKER_STATE("circuitBreakerState"),
        CREATED("created"),
        DESTROYED("destroyed"),
        HITS("hits"),
        LANE("lane"),
        LATENCY("latency"),
        LIMIT("limit"),
        LOADS("loads"),
        MAX_IN_FLIGHT("maxInFlight"),
        MODE("mode"),
        OPERATION("operation"),
        OUTCOME("outcome"),
        PARKED("parked"),
        PROTOCOL("protocol"),
        QUEUE_SIZE("queueSize"),
        REACH("reach"),
        RECOVERED("recovered"),
        RETRY_AT("retryAt"),
        RETRY_COUNT("retryCount"),
        SHARED_HITS("sharedHits"),
        SOURCED("sourced"),
        STALE("stale"),
        STATED("stated"),
        SUBJECT("subject"),
        UNITS("units"),
        UPDATED("updated"),
        USED("used"),
        WAITED("waited");

        private final String key;

        Field(String key) {
            this.key = key;
        }
    }
}
