package dev.steadymail.server.changes;

import dev.steadymail.mail.EmailId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * An email to change, as it is stored.
 *
 * @param providerId under which the provider knew it when it was synced last
 */
record Target(UUID id, UUID account, EmailId providerId, List<String> keywords, Set<UUID> mailboxes) {
    Target {
        keywords = List.copyOf(keywords);
        mailboxes = Set.copyOf(mailboxes);
    }

    @Override
    public String toString() {
        return "Target[" + id + "]";
    }
}
