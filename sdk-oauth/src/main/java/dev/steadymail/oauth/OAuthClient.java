package dev.steadymail.oauth;

import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenEndpoint;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * An application as an authorization server knows it: it logs people in, by browser or by device code, and as a {@link TokenEndpoint}
 * keeps their access tokens fresh.
 *
 * <p>Questions to the server that fail on the way, with HTTP 5xx or with 429 are tried up to three more times with full jitter, no
 * sooner than the server says and within the caller's deadline; answers have at most 64 KiB. Everything fails with {@link MailException}:
 * REAUTH_REQUIRED where the account's owner must log in again, FORBIDDEN where client, administrator or owner does not allow it, INVALID
 * where the request itself is wrong, retryable kinds for what passes. Immutable and thread-safe; holds no connection between calls.
 */
public final class OAuthClient implements TokenEndpoint {
    private final OAuthServer server;
    private final String clientId;
    private final @Nullable Secret clientSecret;
    private final TimeSource time;
    private final TokenRequests requests;

    private OAuthClient(
            OAuthServer server,
            String clientId,
            @Nullable Secret clientSecret,
            TimeSource time,
            TokenRequests requests) {
        this.server = server;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.time = time;
        this.requests = requests;
    }

    /**
     * Returns a client. Does no I/O.
     *
     * @param clientSecret null for a public client; that of a desktop application is sent, and kept as a secret, though it is none
     *     (RFC 8252 section 8.5)
     * @param time clock for expiry, timers for retries
     * @throws IllegalArgumentException for an empty client id
     */
    public static OAuthClient of(OAuthServer server, String clientId, @Nullable Secret clientSecret, TimeSource time) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("clientId must not be empty");
        }
        return new OAuthClient(server, clientId, clientSecret, time, new TokenRequests(time, HostResolver.SYSTEM));
    }

    /** Returns this client with another way to find the server's addresses; by default the system is asked. */
    public OAuthClient resolver(HostResolver resolver) {
        return new OAuthClient(server, clientId, clientSecret, time, new TokenRequests(time, resolver));
    }

    public OAuthServer server() {
        return server;
    }

    public String clientId() {
        return clientId;
    }

    /** Returns the client's secret, or null where it has none. */
    public @Nullable Secret clientSecret() {
        return clientSecret;
    }

    @Override
    public TokenGrant refresh(Secret refreshToken, Deadline deadline) {
        FormBody form = form(new FormBody.Builder(StandardCharsets.UTF_8)
                .add("grant_type", "refresh_token")
                .add("refresh_token", refreshToken.reveal()));
        Instant asked = time.now();
        return Grants.token(requests.post("the token refresh", server.tokenUrl(), form, deadline), asked);
    }

    /**
     * Starts a login by browser that redirects to a page of the application's own.
     *
     * @param redirectUrl as registered for the client, letter by letter (RFC 9700 section 2.1)
     * @param loginHint the account that is expected, or null
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public AuthorizationRequest authorize(URI redirectUrl, @Nullable String loginHint) {
        return new AuthorizationRequest(this, SafeUrl.require("redirectUrl", redirectUrl), loginHint);
    }

    /**
     * Starts a login by browser that redirects to this machine (RFC 8252 section 7.3). It listens at once; close it in any case.
     *
     * @param loginHint the account that is expected, or null
     * @throws MailException of kind UNSUPPORTED where nothing can listen on 127.0.0.1
     */
    public LoopbackLogin loopbackLogin(@Nullable String loginHint) {
        return LoopbackLogin.start(this, loginHint);
    }

    /**
     * Starts a login by device code (RFC 8628): asks for a code to show.
     *
     * @throws MailException UNSUPPORTED where the server has no device codes, and as the class says
     */
    public DeviceLogin deviceLogin(Deadline deadline) {
        URI url = server.deviceUrl()
                .orElseThrow(() -> MailException.of(
                        Kind.UNSUPPORTED, "this authorization server has no device codes; log in by browser"));
        // A secret belongs to questions to the token endpoint only; RFC 8628 section 3.1 wants the client id here.
        FormBody form = new FormBody.Builder(StandardCharsets.UTF_8)
                .add("client_id", clientId)
                .add("scope", String.join(" ", server.scopes()))
                .build();
        return new DeviceLogin(this, time, requests.post("the request for a device code", url, form, deadline));
    }

    OAuthGrant login(String what, FormBody.Builder fields, Deadline deadline) {
        Instant asked = time.now();
        Answer answer = requests.post(what, server.tokenUrl(), form(fields), deadline);
        return Grants.login(answer, server.scopes(), asked);
    }

    Answer askOnce(String what, FormBody form, Deadline deadline) {
        return requests.postOnce(what, server.tokenUrl(), form, deadline);
    }

    /** Adds who asks (RFC 6749 section 2.3.1). */
    FormBody form(FormBody.Builder fields) {
        fields.add("client_id", clientId);
        if (clientSecret != null) {
            fields.add("client_secret", clientSecret.reveal());
        }
        return fields.build();
    }

    @Override
    public String toString() {
        return "OAuthClient[hidden]";
    }
}
