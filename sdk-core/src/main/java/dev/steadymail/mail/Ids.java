package dev.steadymail.mail;

/** The rule that all typed ids share. */
final class Ids {
    private static final int MAX_LENGTH = 2_048;

    private Ids() {}

    static void check(String type, String value) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    type + " must have 1 to " + MAX_LENGTH + " characters and not be blank, had " + value.length());
        }
    }

    /** Returns a text that tells ids apart in a log without showing them. */
    static String digest(String type, String value) {
        return type + "[#" + Integer.toHexString(value.hashCode()) + "]";
    }
}
