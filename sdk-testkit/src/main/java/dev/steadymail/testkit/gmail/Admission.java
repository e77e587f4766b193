package dev.steadymail.testkit.gmail;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets calls of a user in as long as fewer than the limit are in progress. Threadsafe. */
final class Admission {
    private final int limit;
    private final TokenEndpoint tokens;
    private final UsageTable usage;
    private final Map<String, Integer> inFlight = new HashMap<>(); // guarded by this

    /** The outcome for one call; {@code user} is null where nobody is counted. */
    record Pass(@Nullable String user, boolean admitted) {
        static final Pass UNCOUNTED = new Pass(null, true);
    }

    Admission(int limit, TokenEndpoint tokens, UsageTable usage) {
        this.limit = limit;
        this.tokens = tokens;
        this.usage = usage;
    }

    /** Counts a call to the API with a valid token; others pass uncounted, for they go no further than their refusal. */
    Pass enter(ApiRequest request) {
        String user = RestApi.isCall(request) ? tokens.owner(request) : null;
        return user == null ? Pass.UNCOUNTED : enter(user);
    }

    private synchronized Pass enter(String user) {
        int count = inFlight.getOrDefault(user, 0);
        if (count >= limit) {
            usage.refusedAsTooMany(user);
            return new Pass(user, false);
        }
        inFlight.put(user, count + 1);
        usage.inFlight(user, count + 1);
        return new Pass(user, true);
    }

    synchronized void leave(Pass pass) {
        String user = pass.user();
        if (user != null && pass.admitted()) {
            inFlight.merge(user, -1, Integer::sum);
        }
    }

    static ApiException tooMany() {
        return new ApiException(429, "rateLimitExceeded", "Too many concurrent requests for user");
    }
}
