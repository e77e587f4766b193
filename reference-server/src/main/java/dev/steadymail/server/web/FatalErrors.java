package dev.steadymail.server.web;

import java.util.Optional;

/**
 * Errors after which this process can be trusted no more, such as a heap that is full: some thread has stopped half-way, and nobody knows
 * which. They go to the handler of what nobody caught, which ends the process, also where a library caught them.
 */
public final class FatalErrors {
    private static final int DEEPEST_CAUSE = 20;

    private FatalErrors() {}

    /** Tells of a failure if it is fatal, or one of its causes is. */
    public static void tell(Throwable failure) {
        fatal(failure).ifPresent(error -> {
            Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(Thread.currentThread(), error);
            }
        });
    }

    /** A stack that was too deep is not among them: what hangs on it is gone with it, and hostile mail must not end the server. */
    private static Optional<Throwable> fatal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return Optional.of(cause);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
