package dev.steadymail.auth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;

/** One access token that cannot be refreshed. */
record FixedToken(AccessToken token) implements TokenSource {
    @Override
    public AccessToken token(Deadline deadline) {
        return token;
    }

    @Override
    public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
        throw MailException.of(
                Kind.REAUTH_REQUIRED,
                "the provider refused the access token and it cannot be refreshed; get a new one, or use a refresh token");
    }
}
