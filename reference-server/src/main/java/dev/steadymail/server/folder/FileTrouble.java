package dev.steadymail.server.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why a file cannot be used; the JDK's own message is often the path alone. */
public final class FileTrouble {
    private FileTrouble() {}

    /** Returns what goes after a colon: no path, and no full stop. */
    public static String words(Exception failure) {
        if (failure instanceof UnsupportedOperationException) {
            return "its file system does not keep permissions";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it is a file, not a folder";
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : null;
        if (reason == null && failure.getClass() == IOException.class) {
            reason = failure.getMessage();
        }
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
