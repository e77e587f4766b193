package dev.steadymail.server.accounts;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.web.ApiException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A mail server was reached and did not let the account in. */
final class RefusedLoginException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final boolean retryable;
    private final transient @Nullable Instant retryAt;
    private final String remedy;

    private RefusedLoginException(Kind kind, boolean retryable, @Nullable Instant retryAt, String remedy) {
        super(
                HttpStatus.UNPROCESSABLE_CONTENT,
                heading(retryable),
                (retryable
                                ? "the mail server is there and does not take logins now; "
                                : "the mail server is there and refused the" + " login; ")
                        + remedy);
        this.kind = kind;
        this.retryable = retryable;
        this.retryAt = retryAt;
        this.remedy = remedy;
    }

    /** What a server says may name people, so only the kind goes on. */
    static RefusedLoginException of(MailException failure) {
        return new RefusedLoginException(
                failure.kind(),
                failure.isRetryable(),
                failure.retryAt().orElse(null),
                Remedy.of(failure.kind())
                        + (failure.isRetryable() ? ", or connect it unchecked with \"check\": false" : ""));
    }

    /** Returns the same with what the provider is known to ask for. */
    RefusedLoginException hinting(@Nullable String hint) {
        return hint == null || retryable ? this : new RefusedLoginException(kind, false, retryAt, remedy + ". " + hint);
    }

    private static String heading(boolean retryable) {
        return retryable ? "The mail server cannot check the login now" : "The mail server refused the login";
    }

    String heading() {
        return heading(retryable);
    }

    Kind kind() {
        return kind;
    }

    boolean isRetryable() {
        return retryable;
    }

    String remedy() {
        return remedy;
    }

    Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
