package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OAuth: access tokens, refresh tokens, and the endpoint that turns one into the other. Threadsafe. */
final class TokenEndpoint {
    static final String PATH = "/token";

    static final String UNAUTHENTICATED =
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid"
                    + " authentication credential.";

    private static final int MAX_TOKENS = 100_000;

    private final InstantSource clock;
    private final Duration lifetime;
    private final Map<String, Grant> accessTokens = new HashMap<>(); // guarded by this
    private final Map<String, String> refreshTokens = new HashMap<>(); // guarded by this
    private int issued;

    private record Grant(String address, Instant expiry) {}

    TokenEndpoint(InstantSource clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    synchronized void allow(String address, String accessToken) {
        accessTokens.put(accessToken, new Grant(address, Instant.MAX));
    }

    synchronized void allowRefresh(String address, String refreshToken) {
        refreshTokens.put(refreshToken, address);
    }

    synchronized void expire(String accessToken) {
        accessTokens.remove(accessToken);
    }

    synchronized void revoke(String refreshToken) {
        refreshTokens.remove(refreshToken);
    }

    /** Returns whose token the request carries; null if it is unknown or over. */
    synchronized @Nullable String owner(ApiRequest request) {
        String header = request.header("authorization");
        Grant grant = header.regionMatches(true, 0, "Bearer ", 0, 7) ? accessTokens.get(header.substring(7)) : null;
        return grant == null || !clock.instant().isBefore(grant.expiry()) ? null : grant.address();
    }

    /** Returns whose token the request carries; 401 if it is unknown or over. */
    String authenticate(ApiRequest request) {
        String owner = owner(request);
        if (owner == null) {
            throw new ApiException(401, "authError", UNAUTHENTICATED);
        }
        return owner;
    }

    Reply answer(ApiRequest request) {
        if (!request.method().equals("POST")) {
            return failure("invalid_request", "The token endpoint takes POST, not " + request.method());
        }
        Map<String, List<String>> form = ApiRequest.form(new String(request.body(), StandardCharsets.UTF_8));
        if (!"refresh_token".equals(first(form, "grant_type"))) {
            return failure("unsupported_grant_type", "Invalid grant_type: refresh_token is expected");
        }
        String refreshToken = first(form, "refresh_token");
        return refreshToken == null ? failure("invalid_request", "Missing refresh_token") : refresh(refreshToken);
    }

    private synchronized Reply refresh(String refreshToken) {
        String address = refreshTokens.get(refreshToken);
        if (address == null) {
            return failure("invalid_grant", "Token has been expired or revoked.");
        }
        if (accessTokens.size() >= MAX_TOKENS) {
            accessTokens.values().removeIf(grant -> !clock.instant().isBefore(grant.expiry()));
        }
        issued++;
        String accessToken = "fake-access-" + issued;
        accessTokens.put(accessToken, new Grant(address, clock.instant().plus(lifetime)));
        JsonObject json = new JsonObject();
        json.addProperty("access_token", accessToken);
        json.addProperty("expires_in", lifetime.toSeconds());
        json.addProperty("scope", "https://mail.google.com/");
        json.addProperty("token_type", "Bearer");
        return Reply.json(json);
    }

    private static @Nullable String first(Map<String, List<String>> form, String name) {
        List<String> values = form.get(name);
        return values == null ? null : values.get(0);
    }

    private static Reply failure(String error, String description) {
        JsonObject json = new JsonObject();
        json.addProperty("error", error);
        json.addProperty("error_description", description);
        return Reply.json(400, json);
    }
}
