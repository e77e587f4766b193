package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Login;
import dev.steadymail.server.accounts.AccountDetails.Wishes;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks to change an account. What is left out stays; an empty name or smtp is taken away.
 *
 * @param secret and the three behind it: other credentials, as in {@link ConnectRequest}
 * @param check whether the login is tried with other credentials before they are kept; so it is unless this says false
 */
record ChangeRequest(
        @Nullable String name,
        @Nullable String smtp,
        @Nullable String priority,
        @Nullable String secret,
        @Nullable String secretType,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable Boolean check) {
    boolean isChecked() {
        return check == null || check;
    }

    /**
     * Returns what the owner chose.
     *
     * @throws UnusableAccountException where a rule is broken
     */
    Wishes wishes() {
        return new Wishes(name, smtp, priority == null ? null : Priority.of(priority));
    }

    /**
     * Returns the other credentials; empty where those that are stored stay.
     *
     * @throws UnusableAccountException where a rule is broken
     */
    Optional<Login> login(AccountUrl account) {
        if (secret == null) {
            if (Stream.of(secretType, clientId, clientSecret).anyMatch(given -> given != null)) {
                throw new UnusableAccountException(
                        "secretType, clientId and clientSecret say what a secret is; give it, too");
            }
            return Optional.empty();
        }
        return Optional.of(
                ConnectRequest.login(secret, secretType, clientId, clientSecret).login(account));
    }

    @Override
    public String toString() {
        return "ChangeRequest[hidden]";
    }
}
