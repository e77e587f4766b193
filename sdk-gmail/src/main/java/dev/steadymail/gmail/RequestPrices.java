package dev.steadymail.gmail;

import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Request;
import java.time.Duration;

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

    private Duration timeout(ApiCall<?> api) {
        return switch (api.size()) {
            case SMALL -> guard.attemptTimeout();
            case LIST -> settings.listTimeout();
            case DOWNLOAD -> settings.downloadTimeout();
        };
    }
}
