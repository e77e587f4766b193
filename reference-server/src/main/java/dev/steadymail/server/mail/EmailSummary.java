package dev.steadymail.server.mail;

import dev.steadymail.server.mail.EmailContent.Address;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email as a list shows it.
 *
 * @param threadId the provider's, null where it has none
 * @param sentAt the Date field, null where missing or unreadable
 * @param size octets; an estimate on Gmail
 * @param from in a list the first ten
 * @param to in a list the first ten
 */
public record EmailSummary(
        UUID id,
        UUID accountId,
        @Nullable String threadId,
        List<UUID> mailboxIds,
        List<String> keywords,
        Instant receivedAt,
        @Nullable Instant sentAt,
        long size,
        @Nullable String subject,
        List<Address> from,
        List<Address> to,
        boolean hasAttachment) {
    @Override
    public String toString() {
        return "EmailSummary[" + id + "]";
    }
}
