package dev.steadymail.server.web;

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
}
