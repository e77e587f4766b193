package dev.steadymail.server.sync;

/**
 * The name under which this server takes up jobs: the same after every start, different from all other nodes on the database.
 *
 * @param value 1 to 100 characters
 */
record NodeName(String value) {
    private static final int MAX_LENGTH = 100;

    NodeName {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a node's name must have 1 to 100 characters, had " + value.length());
        }
    }
}
