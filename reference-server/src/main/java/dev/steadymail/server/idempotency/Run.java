package dev.steadymail.server.idempotency;

import java.util.UUID;

/**
 * One try to answer a request that has a key.
 *
 * @param path with the query
 * @param repeatable whether its route can be run again after an unclear end
 */
record Run(UUID id, UUID person, String key, String method, String path, boolean repeatable) {
    @Override
    public String toString() {
        return "Run[" + id + "]";
    }
}
