package dev.steadymail.server.folder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server cannot start. The message is for its user: what is wrong, and the remedy, in one line, or in one line each where there is
 * more. Never holds a secret.
 */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exit code where something that the server needs does not answer. */
    public static final int UNREACHED = 4;

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

    /** Settings that are missing or wrong, with one line each. */
    public static StartException usage(List<String> faults) {
        return faults.size() == 1
                ? usage(faults.get(0))
                : usage(faults.size() + " settings are missing or wrong, and nothing was started:\n- "
                        + String.join("\n- ", faults));
    }

    /** Something that the server needs does not answer. */
    public static StartException unreached(String message, @Nullable Throwable cause) {
        return new StartException(UNREACHED, message, cause);
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
