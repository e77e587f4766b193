package dev.steadymail.cache.codec;

import org.jspecify.annotations.Nullable;

/**
 * Octets are not what was written here: cut, changed, of another version, kept under another name or sealed with a key that is not at hand.
 * The value is lost, and has to be read from the account again. The message says in what way, and shows nothing of the value.
 */
public final class DamagedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedValueException(String message) {
        this(message, null);
    }

    DamagedValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
