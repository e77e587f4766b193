package dev.steadymail.server.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can log in.
 *
 * @param passwordHash null for the operator, who has a token alone
 */
record Person(UUID id, String email, String name, @Nullable String passwordHash) {
    @Override
    public String toString() {
        return "Person[" + id + "]";
    }
}
