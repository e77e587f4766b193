package dev.steadymail.server.people;

import dev.steadymail.server.people.LoginSessions.LoginSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Access tokens: JWTs of type {@code at+jwt} (RFC 9068), signed with HMAC-SHA-256 and nothing else, whose issuer, audience, times and
 * session are all checked (RFC 8725). They name a session and hold no rights: those are looked up when one is used. Thread-safe.
 */
@Component
final class AccessTokens {
    private static final String ISSUER = "steadymail";
    private static final String AUDIENCE = "steadymail-api";
    private static final String TYPE = "at+jwt";
    private static final String SESSION = "sid";

    private final NimbusJwtEncoder encoder;
    private final NimbusJwtDecoder decoder;
    private final InstantSource clock;
    private final Duration life;

    AccessTokens(TokenSecrets secrets, PeopleSettings settings, InstantSource clock) {
        this.clock = clock;
        this.life = settings.accessTokenLife();
        this.encoder = NimbusJwtEncoder.withSecretKey(secrets.signing())
                .algorithm(MacAlgorithm.HS256)
                .build();
        this.decoder = NimbusJwtDecoder.withSecretKey(secrets.signing())
                .macAlgorithm(MacAlgorithm.HS256)
                .validateType(false) // by the validator below, which knows our type
                .build();
        this.decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                type(),
                this::times,
                new JwtClaimValidator<String>(JwtClaimNames.ISS, ISSUER::equals),
                new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, List.of(AUDIENCE)::equals)));
    }

    private static OAuth2TokenValidator<Jwt> type() {
        JwtTypeValidator type = new JwtTypeValidator(List.of(TYPE));
        type.setAllowEmpty(false);
        return type;
    }

    /** Both are there, and now is between them; by our own clock and to the second. */
    private OAuth2TokenValidatorResult times(Jwt token) {
        Instant now = clock.instant();
        Instant issued = token.getIssuedAt();
        Instant expires = token.getExpiresAt();
        boolean good = issued != null
                && expires != null
                && !issued.isAfter(now)
                && expires.isAfter(now)
                && !expires.isAfter(issued.plus(life));
        return good
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
    }

    /** Returns a token for a session, good for a quarter of an hour. */
    String issue(LoginSession session) {
        // Whole seconds, as the token keeps them.
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .audience(List.of(AUDIENCE))
                .subject(session.person().toString())
                .claim(SESSION, session.id().toString())
                .id(UUID.randomUUID().toString())
                .issuedAt(now)
                .expiresAt(now.plus(life))
                .build();
        JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).type(TYPE).build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    /** Returns what a token names; empty where it is not one of ours, or its time is over. */
    Optional<Named> read(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            return Optional.of(new Named(UUID.fromString(jwt.getSubject()), UUID.fromString(jwt.getClaim(SESSION))));
        } catch (JwtException | IllegalArgumentException | NullPointerException | ClassCastException notOurs) {
            return Optional.empty();
        }
    }

    long lifeSeconds() {
        return life.toSeconds();
    }

    /** Who a token is of, and by which login. */
    record Named(UUID person, UUID session) {}
}
