package dev.steadymail.provider;

/**
 * How far an account's changes have been taken: opaque text of the provider's, without personal content.
 *
 * @param value at most 4 Mi characters and 64
 */
public record SyncCursor(String value) {
    private static final int MAX_LENGTH = (4 << 20) + 64;

    public SyncCursor {
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a sync cursor must have at most " + MAX_LENGTH + " characters, had " + value.length());
        }
    }

    @Override
    public String toString() {
        return "SyncCursor[" + value.length() + " characters]";
    }
}
