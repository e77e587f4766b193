package dev.steadymail.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A journal holds what this version cannot have written; the message says what and has a remedy. */
final class DamagedJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedJournalException(String what, @Nullable Throwable cause) {
        super(what + "; put its folder back from a backup, or begin in another one", cause);
    }
}
