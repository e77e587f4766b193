package dev.steadymail.guard;

/** Says that an attempt was not made, since its account must be left alone by now. Never leaves the guard. */
final class PausedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PausedException() {
        super("the account is paused", null, false, false);
    }
}
