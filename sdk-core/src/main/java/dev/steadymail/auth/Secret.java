package dev.steadymail.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password or token that no log, error or {@link #toString} shows. Immutable and thread-safe. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Returns a secret; its value must not be empty and must not hold CR, LF or NUL, which no protocol here can carry. */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a secret must not hold CR, LF or NUL; check how it was read");
        }
        return new Secret(value);
    }

    /** Returns the value itself, for the one place that puts it on the wire. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
