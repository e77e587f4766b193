package dev.steadymail.mail;

/**
 * One whom a message did not go to, although it went to others.
 *
 * @param address the address as it was given
 * @param cause why, and whether another try may help ({@link MailException#isRetryable})
 */
public record RefusedRecipient(String address, MailException cause) {
    /** Hides the address. */
    @Override
    public String toString() {
        return "RefusedRecipient[" + cause.kind() + "]";
    }
}
