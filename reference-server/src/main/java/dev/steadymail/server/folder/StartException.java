package dev.steadymail.server.folder;

import org.jspecify.annotations.Nullable;

/** The server cannot start. The message is one line for its user: what is wrong, and the remedy. Never holds a secret. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private StartException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** A fault of ours or of a service that we start ourselves. */
    public static StartException internal(String message, @Nullable Throwable cause) {
        return new StartException(1, message, cause);
    }

    /** A wrong argument, or a setting that is missing or wrong. */
    public static StartException usage(String message) {
        return new StartException(2, message, null);
    }

    /** Something that the server needs does not answer. */
    public static StartException unreached(String message, @Nullable Throwable cause) {
        return new StartException(4, message, cause);
    }

    /** The data folder cannot be read or written. */
    public static StartException storage(String message, @Nullable Throwable cause) {
        return new StartException(6, message, cause);
    }

    /** Another server is using the data folder. */
    public static StartException inUse(String message) {
        return new StartException(7, message, null);
    }

    /** Returns what the process tells the shell: 1, 2, 4, 6 or 7. */
    public int exitCode() {
        return exitCode;
    }
}
