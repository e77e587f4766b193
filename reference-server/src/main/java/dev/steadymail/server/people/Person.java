package dev.steadymail.server.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can log in.
 *
 * @param passwordHash null where the person comes by Google alone
 */
record Person(UUID id, String email, String name, @Nullable String passwordHash) {
    @Override
    public String toString() {
        return "Person[" + id + "]";
    }
}
