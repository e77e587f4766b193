package dev.steadymail.server.sync;

/**
 * The name under which this server takes up jobs: the same after every start. No other node on the database should have it;
 * one that runs on a copy of the data folder does.
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
