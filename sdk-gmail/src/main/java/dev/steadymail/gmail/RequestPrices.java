package dev.steadymail.gmail;

import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Request;
import java.time.Duration;
import java.util.List;

/** Tells the guard what an API call costs and how long an attempt may take. Immutable. */
final class RequestPrices {
    private final GuardSettings guard;
    private final GmailSettings settings;

    RequestPrices(GuardSettings guard, GmailSettings settings) {
        this.guard = guard;
        this.settings = settings;
    }

    Request request(ApiCall<?> api) {
        return new Request(
                api.name(), api.repeatable(), timeout(api), guard.quota().cost(api.name()));
    }

    /** A batch is one request that costs what its parts cost. */
    Request batch(List<? extends ApiCall<?>> calls) {
        return new Request(Batch.NAME, true, settings.listTimeout().multipliedBy(2), units(calls));
    }

    int units(List<? extends ApiCall<?>> calls) {
        return calls.stream().mapToInt(api -> guard.quota().cost(api.name())).sum();
    }

    private Duration timeout(ApiCall<?> api) {
        return switch (api.size()) {
            case SMALL -> guard.attemptTimeout();
            case LIST -> settings.listTimeout();
            case DOWNLOAD -> settings.downloadTimeout();
        };
    }
}
