package dev.steadymail.oauth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * One login by a code that a person types in on another device (RFC 8628). Show {@link #userCode} and {@link #verificationUrl}, then
 * {@link #await}. Immutable and thread-safe.
 */
public final class DeviceLogin {
    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration SLOWEST = Duration.ofMinutes(2);
    private static final int LONGEST_CODE = 64;

    private final OAuthClient client;
    private final TimeSource time;
    private final String deviceCode;
    private final String userCode;
    private final URI verificationUrl;
    private final @Nullable URI complete;
    private final Duration interval;
    private final Instant expiresAt;
    private final Deadline expiry;

    /** Reads a device authorization response (RFC 8628 section 3.2). */
    DeviceLogin(OAuthClient client, TimeSource time, Answer answer) {
        this.client = client;
        this.time = time;
        this.deviceCode = required("device_code", answer.text("device_code"));
        this.userCode = visible(required("user_code", answer.text("user_code")));
        String url = answer.text("verification_uri");
        // Google spells it in the way of an early draft.
        this.verificationUrl =
                page(required("verification_uri", url.isEmpty() ? answer.text("verification_url") : url));
        String whole = answer.text("verification_uri_complete");
        this.complete = whole.isEmpty() ? null : page(whole);
        Duration asked = Duration.ofSeconds(Math.max(1, answer.seconds("interval", 5)));
        this.interval = asked.compareTo(SLOWEST) > 0 ? SLOWEST : asked;
        Duration lifetime = Duration.ofSeconds(answer.seconds("expires_in", 900));
        this.expiresAt = time.now().plus(lifetime);
        this.expiry = time.deadline(lifetime);
    }

    /** Returns what the person types in, at most 64 visible characters. */
    public String userCode() {
        return userCode;
    }

    /** Returns the page to type it in. */
    public URI verificationUrl() {
        return verificationUrl;
    }

    /** Returns a page that knows the code already, where the server has one. */
    public Optional<URI> completeUrl() {
        return Optional.ofNullable(complete);
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Asks at the pace that the server wants until the person has agreed or refused.
     *
     * @throws MailException FORBIDDEN where consent was refused, REAUTH_REQUIRED where the code expired first, DEADLINE where the deadline
     *     passed first, CANCELLED where the thread was interrupted
     */
    public OAuthGrant await(Deadline deadline) {
        Duration pace = interval;
        while (true) {
            if (!expiry.allows(pace)) {
                throw MailException.of(
                        Kind.REAUTH_REQUIRED, "the code was not entered before it expired; start another login");
            }
            if (!deadline.allows(pace)) {
                throw MailException.of(
                        Kind.DEADLINE, "the code was not entered before the deadline; start another login");
            }
            Pause.of(pace, time, deadline);
            Poll poll = poll(deadline);
            if (poll.grant() != null) {
                return poll.grant();
            }
            Duration next = pace.plus(poll.slower());
            pace = next.compareTo(SLOWEST) > 0 ? SLOWEST : next;
        }
    }

    private Poll poll(Deadline deadline) {
        FormBody form = client.form(new FormBody.Builder(StandardCharsets.UTF_8)
                .add("grant_type", GRANT_TYPE)
                .add("device_code", deviceCode));
        Instant asked = time.now();
        try {
            Answer answer = client.askOnce("asking for the login", form, deadline);
            return answer.isSuccess()
                    ? new Poll(Grants.login(answer, client.server().scopes(), asked), Duration.ZERO)
                    : unfinished(answer);
        } catch (MailException failure) {
            if (!failure.isRetryable()) {
                throw failure;
            }
            Duration wait = failure.retryAt()
                    .map(at -> Duration.between(time.now(), at))
                    .orElse(SLOWER);
            return new Poll(null, wait.compareTo(SLOWER) > 0 ? wait : SLOWER);
        }
    }

    /** RFC 8628 section 3.5; other trouble that passes slows the pace as well. */
    private Poll unfinished(Answer answer) {
        return switch (answer.text("error")) {
            case "authorization_pending" -> new Poll(null, Duration.ZERO);
            case "slow_down" -> new Poll(null, SLOWER);
            default -> throw Refusals.of("the login", answer, time.now());
        };
    }

    private static String required(String field, String value) {
        if (value.isEmpty()) {
            throw MailException.of(Kind.PROTOCOL, "the answer to the request for a device code has no " + field);
        }
        return value;
    }

    private static String visible(String code) {
        if (code.length() > LONGEST_CODE || !code.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw MailException.of(Kind.PROTOCOL, "the user_code is longer than 64 characters or cannot be typed");
        }
        return code;
    }

    private static URI page(String text) {
        try {
            URI page = new URI(text);
            if (page.getHost() != null && page.getRawUserInfo() == null && SafeUrl.isSafe(page)) {
                return page;
            }
        } catch (URISyntaxException malformed) {
            throw MailException.of(Kind.PROTOCOL, "the verification_uri is no URL", malformed);
        }
        throw MailException.of(Kind.PROTOCOL, "the verification_uri is no https URL");
    }

    @Override
    public String toString() {
        return "DeviceLogin[hidden]";
    }

    /** What one question brought: the grant, or how much slower to go on. */
    private record Poll(@Nullable OAuthGrant grant, Duration slower) {}
}
