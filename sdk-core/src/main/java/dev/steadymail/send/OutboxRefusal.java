package dev.steadymail.send;

import dev.steadymail.mail.RefusedRecipient;

/**
 * One whom a message did not go to, although it went to others.
 *
 * @param address the address as it was given
 * @param failure why
 */
public record OutboxRefusal(String address, OutboxFailure failure) {
    static OutboxRefusal of(RefusedRecipient recipient) {
        return new OutboxRefusal(recipient.address(), OutboxFailure.of(recipient.cause()));
    }

    /** Hides the address. */
    @Override
    public String toString() {
        return "OutboxRefusal[" + failure.kind() + "]";
    }
}
