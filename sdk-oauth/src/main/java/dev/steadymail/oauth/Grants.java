package dev.steadymail.oauth;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a token endpoint grants (RFC 6749 section 5.1). */
final class Grants {
    private static final long DEFAULT_LIFETIME_SECONDS = 3_600;

    private Grants() {}

    /** Reads an access token, and a refresh token where there is one. */
    static TokenGrant token(Answer answer, Instant asked) {
        if (answer.fields().isEmpty()) {
            throw MailException.of(
                    Kind.PROTOCOL,
                    "the token endpoint's answer is no JSON object of at most 64 KiB; check that the URL is that of a token endpoint");
        }
        String type = answer.text("token_type");
        if (!type.isEmpty() && !type.equalsIgnoreCase("Bearer")) {
            throw MailException.of(Kind.PROTOCOL, "the token endpoint's token_type is not Bearer");
        }
        Secret access = secret("access_token", answer);
        if (access == null) {
            throw MailException.of(Kind.PROTOCOL, "the token endpoint's answer has no access_token");
        }
        long lifetime = answer.seconds("expires_in", DEFAULT_LIFETIME_SECONDS);
        return new TokenGrant(new AccessToken(access, asked.plusSeconds(lifetime)), secret("refresh_token", answer));
    }

    /** Reads what a login brings: both tokens and at least one of the scopes that were asked for. */
    static OAuthGrant login(Answer answer, List<String> asked, Instant now) {
        TokenGrant grant = token(answer, now);
        Secret refresh = grant.newRefreshToken();
        if (refresh == null) {
            throw MailException.of(
                    Kind.FORBIDDEN,
                    "the login brought no refresh token; ask for offline access (Google: access_type=offline and prompt=consent,"
                            + " others: the scope offline_access), and allow it for the client");
        }
        Set<String> granted = scopes(answer, asked);
        for (String scope : asked) {
            // Servers may leave out of their answer what is no right to anything, and only that.
            if (scope.startsWith("https://") && granted.stream().noneMatch(one -> isSame(scope, one))) {
                throw MailException.of(
                        Kind.FORBIDDEN,
                        "the account's owner did not agree to everything that is needed; log in again and tick every box");
            }
        }
        return new OAuthGrant(grant.access(), refresh, granted);
    }

    private static Set<String> scopes(Answer answer, List<String> asked) {
        String granted = answer.text("scope").strip();
        return new HashSet<>(granted.isEmpty() ? asked : List.of(granted.split("\\s+")));
    }

    /** Microsoft may answer in another case, and with another of its names before the right's own. */
    private static boolean isSame(String asked, String granted) {
        String right = asked.substring(asked.lastIndexOf('/') + 1);
        String other = granted.substring(granted.lastIndexOf('/') + 1);
        return asked.equalsIgnoreCase(granted) || (!right.isEmpty() && right.equalsIgnoreCase(other));
    }

    private static @Nullable Secret secret(String field, Answer answer) {
        String value = answer.text(field);
        if (value.isEmpty()) {
            return null;
        }
        // A header and a SASL message carry visible ASCII only (RFC 6750 section 2.1, RFC 7628 section 3.1).
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw MailException.of(
                    Kind.PROTOCOL, "the token endpoint's " + field + " has characters that no header can carry");
        }
        return Secret.of(value);
    }
}
