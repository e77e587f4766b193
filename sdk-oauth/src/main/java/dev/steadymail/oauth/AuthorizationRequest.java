package dev.steadymail.oauth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * One login by browser: the page to send a person to, and what becomes of the redirect that comes back (RFC 6749 section 4.1 with PKCE,
 * RFC 7636). Keep it with that person's session; it belongs to no other, and is good for one redirect. Thread-safe.
 */
public final class AuthorizationRequest {
    private final OAuthClient client;
    private final URI redirectUrl;
    private final @Nullable String loginHint;
    private final String state = Pkce.random();
    private final Pkce pkce = Pkce.create();
    private final AtomicBoolean redeemed = new AtomicBoolean();

    AuthorizationRequest(OAuthClient client, URI redirectUrl, @Nullable String loginHint) {
        this.client = client;
        this.redirectUrl = redirectUrl;
        this.loginHint = loginHint;
    }

    /** Returns the page where the account's owner logs in and agrees. It holds no secret, but opens this login to who has it. */
    public URI url() {
        OAuthServer server = client.server();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.clientId());
        parameters.put("redirect_uri", redirectUrl.toString());
        parameters.put("scope", String.join(" ", server.scopes()));
        parameters.put("state", state);
        parameters.put("code_challenge", pkce.challenge());
        parameters.put("code_challenge_method", "S256");
        if (loginHint != null) {
            parameters.put("login_hint", loginHint);
        }
        server.parameters().forEach(parameters::putIfAbsent);
        String base = server.authorizationUrl().toString();
        return URI.create(base + (base.indexOf('?') < 0 ? '?' : '&') + QueryText.of(parameters));
    }

    /** Returns the value that a redirect of this login carries, to find the session that it belongs to. */
    public String state() {
        return state;
    }

    /**
     * Returns whether a redirect is of this login and no other's.
     *
     * @param query the redirect's query, still encoded
     */
    public boolean isAnsweredBy(String query) {
        try {
            return isMine(QueryText.parse(query));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /**
     * Trades the redirect's code for tokens; once only.
     *
     * @param query the redirect's query, still encoded
     * @throws MailException INVALID where the redirect is not of this login or was redeemed before; FORBIDDEN where consent was refused
     *     or is not complete; REAUTH_REQUIRED where the code has expired
     */
    public OAuthGrant redeem(String query, Deadline deadline) {
        Map<String, String> parameters = mine(query);
        if (!redeemed.compareAndSet(false, true)) {
            throw MailException.of(Kind.INVALID, "this login was answered before; start another one");
        }
        String error = parameters.getOrDefault("error", "");
        if (!error.isEmpty()) {
            throw Refusals.redirected(error, parameters.getOrDefault("error_description", ""));
        }
        String code = parameters.getOrDefault("code", "");
        if (code.isEmpty()) {
            throw MailException.of(Kind.PROTOCOL, "the redirect has neither code nor error; start another login");
        }
        return client.login(
                "redeeming the code",
                new FormBody.Builder(StandardCharsets.UTF_8)
                        .add("grant_type", "authorization_code")
                        .add("code", code)
                        .add("redirect_uri", redirectUrl.toString())
                        .add("code_verifier", pkce.verifier()),
                deadline);
    }

    private Map<String, String> mine(String query) {
        Map<String, String> parameters;
        try {
            parameters = QueryText.parse(query);
        } catch (IllegalArgumentException unreadable) {
            throw MailException.of(Kind.INVALID, "the redirect cannot be read; start another login", unreadable);
        }
        if (!isMine(parameters)) {
            throw MailException.of(
                    Kind.INVALID, "the redirect belongs to another login (its state differs); start another one");
        }
        return parameters;
    }

    private boolean isMine(Map<String, String> parameters) {
        return MessageDigest.isEqual(octets(state), octets(parameters.getOrDefault("state", "")));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AuthorizationRequest[hidden]";
    }
}
