package dev.steadymail.gmail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenEndpoint;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.gmail.http.Loopback;
import dev.steadymail.guard.RetryHint;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.FormBody;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Google's token endpoint, or one that speaks like it (RFC 6749 section 6). What fails on the way is tried up to three more
 * times with a short, random delay; a refused grant is final. Immutable and thread-safe; holds no connection between calls.
 */
public final class GoogleTokenEndpoint implements TokenEndpoint {
    /** Where tokens are refreshed unless an endpoint says otherwise. */
    public static final URI GOOGLE = URI.create("https://oauth2.googleapis.com/token");

    private static final int MAX_OCTETS = 1 << 16;
    private static final long DEFAULT_LIFETIME_SECONDS = 3_600;
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final RetryPolicy RETRIES = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(4));

    private final String clientId;
    private final @Nullable Secret clientSecret;
    private final URI tokenUrl;
    private final TimeSource time;
    private final HostResolver resolver;
    private final HttpConnections connections;

    private GoogleTokenEndpoint(
            String clientId, @Nullable Secret clientSecret, URI tokenUrl, TimeSource time, HostResolver resolver) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.tokenUrl = tokenUrl;
        this.time = time;
        this.resolver = resolver;
        this.connections = HttpConnections.to(tokenUrl, resolver, HttpTimeouts.DEFAULT, 0, octets -> {});
    }

    /**
     * Returns Google's endpoint for an OAuth client.
     *
     * @param clientSecret null for a client that has none
     * @param time clock for expiry, timers for retries
     */
    public static GoogleTokenEndpoint of(String clientId, @Nullable Secret clientSecret, TimeSource time) {
        return new GoogleTokenEndpoint(clientId, clientSecret, GOOGLE, time, HostResolver.SYSTEM);
    }

    /**
     * Returns this client at another endpoint.
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public GoogleTokenEndpoint tokenUrl(URI tokenUrl) {
        URI safe = Loopback.requireSafe("tokenUrl", tokenUrl);
        return new GoogleTokenEndpoint(clientId, clientSecret, safe, time, resolver);
    }

    /** Returns this client with another way to find the endpoint's addresses; by default the system is asked. */
    public GoogleTokenEndpoint resolver(HostResolver resolver) {
        return new GoogleTokenEndpoint(clientId, clientSecret, tokenUrl, time, resolver);
    }

    @Override
    public TokenGrant refresh(Secret refreshToken, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            try {
                return refreshOnce(refreshToken, deadline);
            } catch (MailException failure) {
                Duration delay = delay(attempt, failure);
                if (!failure.isRetryable() || attempt >= RETRIES.maxAttempts() || !deadline.allows(delay)) {
                    throw failure.toBuilder().attempts(attempt).build();
                }
                pause(delay, deadline);
            }
        }
    }

    /** The larger of what the endpoint asks for and our own. */
    private Duration delay(int attempt, MailException failure) {
        Duration own = RETRIES.backoff(attempt, time.random());
        Duration asked =
                failure.retryAt().map(at -> Duration.between(time.now(), at)).orElse(Duration.ZERO);
        return own.compareTo(asked) > 0 ? own : asked;
    }

    private TokenGrant refreshOnce(Secret refreshToken, Deadline deadline) {
        Duration limit = deadline.atMost(ATTEMPT);
        if (limit.isZero()) {
            throw MailException.of(Kind.DEADLINE, "the access token was not refreshed before the call's deadline");
        }
        Instant asked = time.now();
        okhttp3.Call call = connections.calls().newCall(request(refreshToken));
        call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            JsonObject answer = json(response.body());
            return response.isSuccessful() ? grant(answer, asked) : refuse(response, answer);
        } catch (IOException failure) {
            throw new GmailErrors(time.clock()).broken("token refresh", true, failure);
        }
    }

    private Request request(Secret refreshToken) {
        FormBody.Builder form = new FormBody.Builder(StandardCharsets.UTF_8)
                .add("grant_type", "refresh_token")
                .add("refresh_token", refreshToken.reveal())
                .add("client_id", clientId);
        if (clientSecret != null) {
            form.add("client_secret", clientSecret.reveal());
        }
        return new Request.Builder()
                .url(tokenUrl.toString())
                .header("Accept", "application/json")
                .post(form.build())
                .build();
    }

    private static TokenGrant grant(@Nullable JsonObject answer, Instant asked) {
        String token = text(answer, "access_token");
        if (answer == null || token.isEmpty()) {
            throw MailException.of(Kind.UNAVAILABLE, "the token endpoint answered without an access token");
        }
        String rotated = text(answer, "refresh_token");
        return new TokenGrant(
                new AccessToken(secret(token), asked.plusSeconds(lifetime(answer))),
                rotated.isEmpty() ? null : secret(rotated));
    }

    private static Secret secret(String value) {
        try {
            return Secret.of(value);
        } catch (IllegalArgumentException unusable) {
            throw MailException.of(Kind.PROTOCOL, "the token endpoint sent a token that no header can carry", unusable);
        }
    }

    private static long lifetime(JsonObject answer) {
        String seconds = text(answer, "expires_in");
        return seconds.matches("\\d{1,9}") ? Long.parseLong(seconds) : DEFAULT_LIFETIME_SECONDS;
    }

    private TokenGrant refuse(Response response, @Nullable JsonObject answer) {
        int status = response.code();
        String error = text(answer, "error");
        String code = error.matches("[a-z_]{1,40}") ? status + " " + error : String.valueOf(status);
        Kind kind = kind(status, error);
        boolean passes = kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED;
        throw MailException.builder(kind, "the token endpoint refused with HTTP " + code + remedy(error))
                .providerCode(code)
                .retryAt(passes ? RetryHint.header(response.header("Retry-After"), time.now()) : null)
                .build();
    }

    private static Kind kind(int status, String error) {
        if (status >= 500) {
            return Kind.UNAVAILABLE;
        }
        if (status == 429) {
            return Kind.THROTTLED;
        }
        return error.equals("invalid_grant") ? Kind.REAUTH_REQUIRED : Kind.AUTH;
    }

    private static String remedy(String error) {
        return switch (error) {
            case "invalid_grant" -> "; the account's owner must log in again";
            case "invalid_client", "unauthorized_client" -> "; check client id and secret";
            default -> "";
        };
    }

    private static @Nullable JsonObject json(ResponseBody body) throws IOException {
        String text = new String(body.byteStream().readNBytes(MAX_OCTETS), StandardCharsets.UTF_8);
        try {
            JsonElement element = text.stripLeading().startsWith("{") ? JsonParser.parseString(text) : null;
            return element != null && element.isJsonObject() ? element.getAsJsonObject() : null;
        } catch (JsonParseException notJson) {
            return null;
        }
    }

    private static String text(@Nullable JsonObject object, String name) {
        JsonElement value = object == null ? null : object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private void pause(Duration delay, Deadline deadline) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        var timer = time.scheduler().schedule(() -> over.complete(true), delay);
        try {
            var unused = over.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        } catch (TimeoutException | ExecutionException late) {
            throw MailException.of(
                    Kind.DEADLINE, "the access token was not refreshed before the call's deadline", late);
        } finally {
            timer.cancel();
        }
    }

    @Override
    public String toString() {
        return "GoogleTokenEndpoint[hidden]";
    }
}
