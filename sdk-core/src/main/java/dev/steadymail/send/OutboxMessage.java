package dev.steadymail.send;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message in an outbox is known by; it never changes. Content is private, so {@link #toString} hides it.
 *
 * @param key the idempotency key that its sender gave it, 1 to 255 characters
 * @param fingerprint tells whether another message of the same key is the same
 * @param messageId its Message-ID without angle brackets, by which it is looked for
 * @param subject its subject, empty where it is not known
 * @param recipients the addresses it goes to, as far as they are known
 * @param date its Date field, or null where it is not known
 * @param size its octets
 * @param createdAt when it came into the outbox
 */
public record OutboxMessage(
        String key,
        String fingerprint,
        String messageId,
        String subject,
        List<String> recipients,
        @Nullable Instant date,
        long size,
        Instant createdAt) {
    public OutboxMessage {
        recipients = List.copyOf(recipients);
    }

    @Override
    public String toString() {
        return "OutboxMessage[hidden]";
    }
}
