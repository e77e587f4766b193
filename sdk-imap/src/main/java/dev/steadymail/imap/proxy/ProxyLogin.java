package dev.steadymail.imap.proxy;

import dev.steadymail.auth.Secret;

/**
 * A user name and a password for a proxy. They go to it without encryption. Immutable; {@code toString} shows neither.
 *
 * @param user not empty, without control characters
 * @param password without control characters
 */
public record ProxyLogin(String user, Secret password) {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException where one does not keep the rules
     */
    public ProxyLogin {
        if (user.isEmpty() || isSteering(user) || isSteering(password.reveal())) {
            throw new IllegalArgumentException(
                    "the proxy's user and password must not be empty or hold control characters");
        }
    }

    private static boolean isSteering(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "ProxyLogin[hidden]";
    }
}
