package dev.steadymail.accounts;

import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.mail.AccountId;
import java.util.Optional;

/** Google does not rotate refresh tokens; another endpoint that does has its new one kept for this process. Thread-safe. */
final class OneToken implements TokenStore {
    private volatile Secret token;

    OneToken(Secret token) {
        this.token = token;
    }

    @Override
    public Optional<Secret> load(AccountId account) {
        return Optional.of(token);
    }

    @Override
    public void save(AccountId account, Secret refreshToken) {
        token = refreshToken;
    }
}
