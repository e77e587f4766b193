package dev.steadymail.event;

import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The traces of one call by two that follow it. What they throw is logged, also where their libraries do not fit together.
 *
 * @param first null where that one does not follow this call
 * @param rest null where that one does not
 */
record CallTracePair(@Nullable CallTrace first, @Nullable CallTrace rest) implements CallTrace {
    @Override
    public void attemptBegan(int attempt, long waitedNanos) {
        began(first, attempt, waitedNanos);
        began(rest, attempt, waitedNanos);
    }

    private static void began(@Nullable CallTrace told, int attempt, long waitedNanos) {
        try {
            if (told != null) {
                told.attemptBegan(attempt, waitedNanos);
            }
        } catch (RuntimeException | LinkageError fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void attemptLeft(int attempt) {
        left(rest, attempt);
        left(first, attempt);
    }

    private static void left(@Nullable CallTrace told, int attempt) {
        try {
            if (told != null) {
                told.attemptLeft(attempt);
            }
        } catch (RuntimeException | LinkageError fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void attemptSucceeded(int attempt) {
        attemptSucceeded(rest, attempt);
        attemptSucceeded(first, attempt);
    }

    private static void attemptSucceeded(@Nullable CallTrace told, int attempt) {
        try {
            if (told != null) {
                told.attemptSucceeded(attempt);
            }
        } catch (RuntimeException | LinkageError fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void attemptFailed(int attempt, Kind failure, long tookNanos) {
        attemptFailed(rest, attempt, failure, tookNanos);
        attemptFailed(first, attempt, failure, tookNanos);
    }

    private static void attemptFailed(@Nullable CallTrace told, int attempt, Kind failure, long tookNanos) {
        try {
            if (told != null) {
                told.attemptFailed(attempt, failure, tookNanos);
            }
        } catch (RuntimeException | LinkageError fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void succeeded() {
        succeeded(rest);
        succeeded(first);
    }

    private static void succeeded(@Nullable CallTrace told) {
        try {
            if (told != null) {
                told.succeeded();
            }
        } catch (RuntimeException | LinkageError fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void failed(Kind failure, long waitedNanos) {
        failed(rest, failure, waitedNanos);
        failed(first, failure, waitedNanos);
    }

    private static void failed(@Nullable CallTrace told, Kind failure, long waitedNanos) {
        try {
            if (told != null) {
                told.failed(failure, waitedNanos);
            }
        } catch (RuntimeException | LinkageError fault) {
            TracingPair.failed(fault);
        }
    }
}
