package dev.steadymail.gmail;

import dev.steadymail.mail.MailException;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call among several: exactly one of the two is there.
 *
 * @param value the answer
 * @param failure why there is none
 */
record Outcome<T>(@Nullable T value, @Nullable MailException failure) {
    static <T> Outcome<T> of(T value) {
        return new Outcome<>(value, null);
    }

    static <T> Outcome<T> failed(MailException failure) {
        return new Outcome<>(null, failure);
    }

    /** Returns the answer, or throws the failure. */
    T get() {
        if (failure != null) {
            throw failure;
        }
        if (value == null) {
            throw new IllegalStateException("neither a value nor a failure");
        }
        return value;
    }
}
