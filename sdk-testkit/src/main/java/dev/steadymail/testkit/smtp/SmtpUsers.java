package dev.steadymail.testkit.smtp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may log in, and with what. Thread-safe; a change counts from the next login on. */
public final class SmtpUsers {
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Set<String>> tokens = new HashMap<>();
    private int nonces;

    /**
     * Adds a user or changes the password.
     *
     * @param password not empty; SCRAM takes it as it is, so only ASCII is sure to mean the same to every client
     */
    public synchronized void password(String user, String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password must not be empty");
        }
        passwords.put(Objects.requireNonNull(user, "user"), password);
    }

    /** Adds an access token of a user, for XOAUTH2 and OAUTHBEARER. */
    public synchronized void token(String user, String token) {
        tokens.computeIfAbsent(user, fresh -> new HashSet<>()).add(Objects.requireNonNull(token, "token"));
    }

    /** Makes all access tokens of a user invalid. The user stays one, so that the server does not open to all. */
    public synchronized void expireTokens(String user) {
        tokens.computeIfPresent(user, (name, valid) -> new HashSet<>());
    }

    synchronized boolean isEmpty() {
        return passwords.isEmpty() && tokens.isEmpty();
    }

    synchronized @Nullable String passwordOf(String user) {
        return passwords.get(user);
    }

    boolean acceptsPassword(String user, String password) {
        return password.equals(passwordOf(user));
    }

    synchronized boolean acceptsToken(String user, String token) {
        return tokens.getOrDefault(user, Set.of()).contains(token);
    }

    /** Returns the user of a token, for OAUTHBEARER without an identity (RFC 7628 section 3.1); null for none. */
    synchronized @Nullable String userOf(String token) {
        for (Map.Entry<String, Set<String>> each : tokens.entrySet()) {
            if (each.getValue().contains(token)) {
                return each.getKey();
            }
        }
        return null;
    }

    /** Returns a nonce that no login had before: no chance in it, so that dialogues can be played again. */
    synchronized String nonce() {
        return "n" + ++nonces;
    }
}
