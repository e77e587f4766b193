package dev.steadymail.server.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request that cannot be met, with what the client is told. Its message says what is wrong and what helps. */
public abstract class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String title;

    /**
     * Makes an exception.
     *
     * @param title what kind of problem, the same every time
     */
    protected ApiException(HttpStatus status, String title, String message) {
        super(message);
        this.status = status;
        this.title = title;
    }

    /** Returns what the client is told. */
    public ProblemDetail problem() {
        return Problems.of(status, title, getMessage());
    }
}
