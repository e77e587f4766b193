package dev.steadymail.server.tenants;

import java.util.Locale;

/** What a person is in an organisation; each may do what those before it may. */
public enum Role {
    MEMBER,
    ADMIN,
    OWNER;

    /** Reads a role as the API and the database write it; throws IllegalArgumentException for another word. */
    public static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
