package dev.steadymail.testkit.smtp;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recipient that was accepted.
 *
 * @param address as the client wrote it, without angle brackets
 * @param notifications the words of NOTIFY (RFC 3461 section 4.1) in capitals; empty where the client sent none
 * @param originalRecipient ORCPT as the client wrote it; null for none
 */
public record SmtpRecipient(
        String address, Set<String> notifications, @Nullable String originalRecipient) {
    public SmtpRecipient {
        notifications = Set.copyOf(notifications);
    }
}
