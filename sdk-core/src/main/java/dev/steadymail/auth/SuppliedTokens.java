package dev.steadymail.auth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.InstantSource;

/** Access tokens that the application brings. */
final class SuppliedTokens implements TokenSource {
    private final FreshToken current;

    SuppliedTokens(AccessTokenSupplier supplier, InstantSource clock) {
        this.current = new FreshToken(clock, deadline -> ask(supplier, deadline));
    }

    @Override
    public AccessToken token(Deadline deadline) {
        return current.token(deadline);
    }

    @Override
    public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
        AccessToken other = current.tokenAfterRefusal(refused, deadline);
        if (other.value().equals(refused.value())) {
            throw MailException.of(
                    Kind.REAUTH_REQUIRED,
                    "the provider refused the access token, and the application's supplier brought the same one again");
        }
        return other;
    }

    private static AccessToken ask(AccessTokenSupplier supplier, Deadline deadline) {
        AccessToken token;
        try {
            token = supplier.get(deadline);
        } catch (MailException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            throw MailException.of(Kind.UNAVAILABLE, "the application's supplier of access tokens failed", failure);
        }
        if (token == null) {
            throw MailException.of(Kind.INVALID, "the application's supplier of access tokens returned null");
        }
        return token;
    }
}
