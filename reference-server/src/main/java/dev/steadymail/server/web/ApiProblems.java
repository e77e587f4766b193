package dev.steadymail.server.web;

import dev.steadymail.mail.MailException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what goes wrong behind the API into error answers: facts for the client, details only for the log. */
@RestControllerAdvice
class ApiProblems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    private final InstantSource clock;

    ApiProblems(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail = unreadable.getCause() instanceof UnrecognizedPropertyException unknown
                ? "a field of the body is not known; known are " + unknown.getKnownPropertyIds()
                : "the body must be one JSON object as /v3/api-docs describes it";
        return handleExceptionInternal(
                unreadable, Problems.of(HttpStatus.BAD_REQUEST, "The body is wrong", detail), headers, status, request);
    }

    @ExceptionHandler(ApiException.class)
    ResponseEntity<ProblemDetail> refused(ApiException refused) {
        return answer(Problems.of(refused.status(), refused.title(), refused.getMessage()), HttpHeaders.EMPTY);
    }

    @ExceptionHandler(MailException.class)
    ResponseEntity<ProblemDetail> mail(MailException failure, HttpServletResponse response) {
        requireUncommitted(failure, response);
        ProblemDetail problem =
                Problems.of(status(failure.kind()), "The mail account did not do it", failure.getMessage());
        problem.setProperty("kind", failure.kind().name());
        problem.setProperty("retryable", failure.isRetryable());
        failure.retryAt().ifPresent(at -> problem.setProperty("retryAt", at));
        HttpHeaders headers = new HttpHeaders();
        failure.retryAt().ifPresent(at -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(at))));
        return answer(problem, headers);
    }

    /** Also while PostgreSQL starts anew or is short of connections; none of it is a fault of this server or the request. */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<ProblemDetail> databaseAway(RuntimeException outage, HttpServletResponse response) {
        requireUncommitted(outage, response);
        LOG.warn("a request failed since the database does not answer: {}", FaultTrace.of(outage));
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return answer(
                Problems.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The database does not answer",
                        "the database does not answer; try again in a few seconds, /health/ready says when it is back"),
                headers);
    }

    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<ProblemDetail> fault(RuntimeException fault, HttpServletResponse response) {
        requireUncommitted(fault, response);
        LOG.error("a request failed by a fault of the server: {}", FaultTrace.of(fault), fault);
        FatalErrors.tell(fault);
        return answer(
                Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "The server failed",
                        "this is a fault of the server; its log says more"),
                HttpHeaders.EMPTY);
    }

    /** Half an answer cannot be taken back; thrown on, the failure ends the connection, so that the client sees the cut. */
    private static void requireUncommitted(RuntimeException failure, HttpServletResponse response) {
        if (response.isCommitted()) {
            throw failure;
        }
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private long seconds(Instant retryAt) {
        return Math.max(1, Duration.between(clock.instant(), retryAt).toSeconds() + 1);
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
