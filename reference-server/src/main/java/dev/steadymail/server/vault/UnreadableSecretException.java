package dev.steadymail.server.vault;

import org.jspecify.annotations.Nullable;

/** A stored secret that no key opens here: its key is not known or was destroyed, it was made for another place, or it was changed. */
public final class UnreadableSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableSecretException(@Nullable Throwable cause) {
        super("a stored secret cannot be decrypted: give the key it was made with in ENCRYPTION_KEY", cause);
    }
}
