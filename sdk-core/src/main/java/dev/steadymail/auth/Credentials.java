package dev.steadymail.auth;

/** How an account proves who it is. Immutable; {@code toString} shows neither user nor secret. */
public sealed interface Credentials {
    /** Returns the user name as the server knows it. */
    String user();

    /** Returns credentials with a password. */
    static Credentials password(String user, String password) {
        return new Password(user, Secret.of(password));
    }

    /** Returns credentials with OAuth 2.0 access tokens. */
    static Credentials bearer(String user, TokenSource tokens) {
        return new Bearer(user, tokens);
    }

    /** A user name and a password. */
    record Password(String user, Secret password) implements Credentials {
        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }

    /** A user name and a source of access tokens. */
    record Bearer(String user, TokenSource tokens) implements Credentials {
        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }
}
