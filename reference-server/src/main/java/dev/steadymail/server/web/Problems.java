package dev.steadymail.server.web;

import dev.steadymail.mail.MailException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Error answers in the form of RFC 9457, {@code application/problem+json}. */
public final class Problems {
    private Problems() {}

    /**
     * Returns a problem.
     *
     * @param title what kind of problem, the same every time
     * @param detail what is wrong and what helps
     */
    public static ProblemDetail of(HttpStatus status, String title, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(title);
        problem.setDetail(detail);
        return problem;
    }

    /** Returns what a mail account did not do, with the facts that a client needs to decide what to do. */
    public static ProblemDetail of(MailException failure) {
        ProblemDetail problem = of(status(failure.kind()), "The mail account did not do it", failure.getMessage());
        problem.setProperty("kind", failure.kind().name());
        problem.setProperty("retryable", failure.isRetryable());
        failure.retryAt().ifPresent(at -> problem.setProperty("retryAt", at));
        failure.effect().ifPresent(effect -> problem.setProperty("mayHaveTakenEffect", effect));
        return problem;
    }

    /** Trouble with the provider is a fault of a gateway (RFC 9110 section 15.6.3), not of the caller's own credentials. */
    private static HttpStatus status(MailException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case INVALID, UNSUPPORTED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case THROTTLED, CONCURRENCY, CIRCUIT_OPEN, QUEUE_FULL, CANCELLED -> HttpStatus.SERVICE_UNAVAILABLE;
            case TIMEOUT, DEADLINE -> HttpStatus.GATEWAY_TIMEOUT;
            case STORAGE -> HttpStatus.INTERNAL_SERVER_ERROR;
            case UNAVAILABLE, NETWORK, AUTH, REAUTH_REQUIRED, FORBIDDEN, CURSOR_EXPIRED, PROTOCOL ->
                HttpStatus.BAD_GATEWAY;
        };
    }
}
