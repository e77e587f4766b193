package dev.steadymail.event;

import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The traces of one call by two that follow it. What they throw is logged.
 *
 * @param first null where that one does not follow this call
 * @param rest null where that one does not
 */
record CallTracePair(@Nullable CallTrace first, @Nullable CallTrace rest) implements CallTrace {
    @Override
    public void attemptBegan(int attempt, long waitedNanos) {
        try {
            if (first != null) {
                first.attemptBegan(attempt, waitedNanos);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
        try {
            if (rest != null) {
                rest.attemptBegan(attempt, waitedNanos);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void attemptLeft(int attempt) {
        try {
            if (rest != null) {
                rest.attemptLeft(attempt);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
        try {
            if (first != null) {
                first.attemptLeft(attempt);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void attemptSucceeded(int attempt) {
        try {
            if (rest != null) {
                rest.attemptSucceeded(attempt);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
        try {
            if (first != null) {
                first.attemptSucceeded(attempt);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void attemptFailed(int attempt, Kind failure, long tookNanos) {
        try {
            if (rest != null) {
                rest.attemptFailed(attempt, failure, tookNanos);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
        try {
            if (first != null) {
                first.attemptFailed(attempt, failure, tookNanos);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void succeeded() {
        try {
            if (rest != null) {
                rest.succeeded();
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
        try {
            if (first != null) {
                first.succeeded();
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
    }

    @Override
    public void failed(Kind failure, long waitedNanos) {
        try {
            if (rest != null) {
                rest.failed(failure, waitedNanos);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
        try {
            if (first != null) {
                first.failed(failure, waitedNanos);
            }
        } catch (RuntimeException fault) {
            TracingPair.failed(fault);
        }
    }
}
