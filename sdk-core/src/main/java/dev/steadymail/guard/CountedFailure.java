package dev.steadymail.guard;

/** Stands for a failure where resilience4j wants one; says nothing. Never leaves the guard. */
final class CountedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CountedFailure() {
        super("a request failed", null, false, false);
    }
}
