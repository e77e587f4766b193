package dev.steadymail.auth;

import dev.steadymail.mail.AccountId;
import java.util.Optional;

/** Keeps refresh tokens between runs. Implementations are thread-safe and keep tokens from other users of the machine. */
public interface TokenStore {
    /** Returns the account's refresh token, empty where none was saved. */
    Optional<Secret> load(AccountId account);

    /**
     * Saves the account's refresh token in place of an older one; it is durable when this returns.
     *
     * @throws dev.steadymail.mail.MailException of kind STORAGE
     */
    void save(AccountId account, Secret refreshToken);
}
