package dev.steadymail.testkit.imap;

import java.util.HashSet;
import java.util.Set;

/** What lets one user in. Thread-safe. */
final class Credentials {

    private String password;
    private final Set<String> accessTokens = new HashSet<>();

    Credentials(String password) {
        this.password = password;
    }

    synchronized void password(String newPassword) {
        password = newPassword;
    }

    synchronized void accessTokens(Set<String> tokens) {
        accessTokens.clear();
        accessTokens.addAll(tokens);
    }

    synchronized boolean acceptsPassword(String candidate) {
        return password.equals(candidate);
    }

    synchronized boolean acceptsToken(String candidate) {
        return accessTokens.contains(candidate);
    }
}
