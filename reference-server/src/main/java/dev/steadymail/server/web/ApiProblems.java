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
        if (causeOf(unreadable) instanceof BodyTooLargeException tooLarge) {
            return handleExceptionInternal(
                    unreadable, tooLarge.problem(), headers, HttpStatus.CONTENT_TOO_LARGE, request);
        }
        String detail = unreadable.getCause() instanceof UnrecognizedPropertyException unknown
                ? "a field of the body is not known; known are " + unknown.getKnownPropertyIds()
                : "the body must be one JSON object as /v3/api-docs describes it";
        return handleExceptionInternal(
                unreadable, Problems.of(HttpStatus.BAD_REQUEST, "The body is wrong", detail), headers, status, request);
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    @ExceptionHandler(ApiException.class)
    ResponseEntity<ProblemDetail> refused(ApiException refused) {
        return answer(refused.problem(), HttpHeaders.EMPTY);
    }

    @ExceptionHandler(MailException.class)
    ResponseEntity<ProblemDetail> mail(MailException failure, HttpServletResponse response) {
        requireUncommitted(failure, response);
        HttpHeaders headers = new HttpHeaders();
        failure.retryAt().ifPresent(at -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(at))));
        return answer(Problems.of(failure), headers);
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
}
