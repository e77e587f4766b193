package dev.steadymail.cli.mirror;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says in words what a failed file operation means; Java's own messages are often just the path. */
final class StorageFailure {
    private StorageFailure() {}

    /**
     * Returns the error to end a run with.
     *
     * @param what did not work, for example {@code "DIR cannot be used"}
     */
    static MailException of(String what, IOException cause) {
        return MailException.of(Kind.STORAGE, what + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied; make it writable for you, or choose another DIR";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "a file is where a folder must be; choose another DIR";
        }
        if (cause instanceof NoSuchFileException) {
            return "it cannot be made there, or was removed meanwhile; choose another DIR, or run again";
        }
        String text = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
        return textOf(text) + "; make room there or choose another DIR, then run again";
    }

    private static String textOf(@Nullable String text) {
        return text == null || text.isBlank() ? "the file system refused" : text;
    }
}
