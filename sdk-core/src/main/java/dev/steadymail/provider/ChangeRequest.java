package dev.steadymail.provider;

import dev.steadymail.mail.MailboxId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of changes.
 *
 * @param cursor how far the caller is; null to start with everything there is
 * @param known what the caller has at that cursor
 * @param scope mailboxes to look at; empty for all
 * @param maxChanges how many emails should newly appear in one page; a page may hold more changes where they belong together
 */
public record ChangeRequest(@Nullable SyncCursor cursor, KnownEmails known, Set<MailboxId> scope, int maxChanges) {
    public ChangeRequest {
        scope = Set.copyOf(scope);
        if (maxChanges < 1) {
            throw new IllegalArgumentException("maxChanges must be at least 1, was " + maxChanges);
        }
    }

    public boolean covers(MailboxId mailbox) {
        return scope.isEmpty() || scope.contains(mailbox);
    }
}
