package dev.steadymail.gmail.push;

import dev.steadymail.gmail.json.SignedToken;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP endpoint does with the requests of a Pub/Sub push subscription that authenticates: checks that Google sent it, for
 * this endpoint and as the subscription's service account, and hands it on. Anybody can send requests to such an endpoint, so
 * nothing is read before that. Thread-safe.
 *
 * <pre>{@code
 * try {
 *     receiver.receive(request.getHeader("Authorization"), request.getInputStream());
 *     response.setStatus(204);
 * } catch (MailException refused) {
 *     response.setStatus(refused.isRetryable() ? 503 : 403);
 * }
 * }</pre>
 */
public final class PushReceiver {
    private static final String BEARER = "bearer ";
    private static final int MAX_TOKEN = 16_384;
    private static final Set<String> ISSUERS = Set.of("https://accounts.google.com", "accounts.google.com");
    /** Clocks differ. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final String audience;
    private final String serviceAccount;
    private final SigningKeys keys;
    private final InstantSource clock;
    private final GmailNotifications notifications;

    /**
     * Makes a receiver.
     *
     * @param audience as the subscription states it, the endpoint's URL unless set otherwise
     * @param serviceAccount the address of the account as which the subscription pushes
     */
    public PushReceiver(
            String audience,
            String serviceAccount,
            SigningKeys keys,
            InstantSource clock,
            GmailNotifications notifications) {
        this.audience = audience;
        this.serviceAccount = serviceAccount;
        this.keys = keys;
        this.clock = clock;
        this.notifications = notifications;
    }

    /**
     * Takes one request.
     *
     * @param authorization the field of that name, or null
     * @param body read only once the sender is known; not closed
     * @throws MailException FORBIDDEN where the sender is not who it should be; NETWORK where that could not be found out;
     *     INVALID where the body is no notification
     */
    public void receive(@Nullable String authorization, InputStream body) {
        verify(authorization);
        notifications.accept(GmailNotification.ofPush(body));
    }

    private void verify(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > MAX_TOKEN
                || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw refused("it has no bearer token; let the subscription authenticate");
        }
        SignedToken token =
                SignedToken.parse(authorization.substring(BEARER.length()).strip());
        if (token == null || !token.algorithm().equals("RS256")) {
            throw refused("its token is none signed by RS256");
        }
        PublicKey key = keys.find(token.keyId());
        if (key == null || !isSigned(token, key)) {
            throw refused("its token is not signed by Google");
        }
        verifyClaims(token);
    }

    private void verifyClaims(SignedToken token) {
        if (!ISSUERS.contains(token.issuer())) {
            throw refused("its token has another issuer than Google");
        }
        if (!token.audience().equals(audience)) {
            throw refused("its token is for another audience; compare the subscription's");
        }
        if (!token.emailVerified() || !token.email().equals(serviceAccount)) {
            throw refused("its token is of another account; compare the subscription's service account");
        }
        Instant now = clock.instant();
        if (token.expiresAt() < now.minus(LEEWAY).getEpochSecond()
                || token.issuedAt() < 0
                || token.issuedAt() > now.plus(LEEWAY).getEpochSecond()) {
            throw refused("its token has expired or is not valid yet; check this machine's clock");
        }
    }

    private static boolean isSigned(SignedToken token, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(token.signed().getBytes(StandardCharsets.ISO_8859_1));
            return verifier.verify(Base64.getUrlDecoder().decode(token.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static MailException refused(String why) {
        return MailException.of(Kind.FORBIDDEN, "a push request was refused: " + why);
    }
}
