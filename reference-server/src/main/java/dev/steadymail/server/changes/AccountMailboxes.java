package dev.steadymail.server.changes;

import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored mailboxes of one account. Immutable. */
final class AccountMailboxes {
    private final Map<UUID, StoredMailbox> byId;

    AccountMailboxes(List<StoredMailbox> mailboxes) {
        this.byId = mailboxes.stream().collect(Collectors.toUnmodifiableMap(StoredMailbox::id, Function.identity()));
    }

    Optional<StoredMailbox> find(Role role) {
        return byId.values().stream()
                .filter(mailbox -> mailbox.saved() && mailbox.role() == role)
                .findFirst();
    }

    boolean has(UUID id, Role role) {
        StoredMailbox mailbox = byId.get(id);
        return mailbox != null && mailbox.role() == role;
    }

    /** Returns the mailbox with a role, for a wish that names it. */
    UUID require(Role role, String wish) {
        return find(role)
                .map(StoredMailbox::id)
                .orElseThrow(() -> new WrongChangeException(
                        "this account has no mailbox for " + wish + "; name a mailbox in mailboxIds instead"));
    }

    /** Returns what the provider calls a mailbox. */
    MailboxId providerId(UUID id) {
        StoredMailbox mailbox = byId.get(id);
        if (mailbox == null) {
            throw new MovedAwayException();
        }
        return mailbox.providerId();
    }

    /** Fails where an email cannot be put there. */
    void requireTarget(UUID id) {
        StoredMailbox mailbox = byId.get(id);
        if (mailbox == null || !mailbox.saved()) {
            throw new WrongChangeException(
                    "a mailbox of the change is none of this email's account; list its mailboxes");
        }
        if (!mailbox.selectable()) {
            throw new WrongChangeException("a mailbox of the change cannot hold emails; it only groups others");
        }
    }

    /**
     * A mailbox.
     *
     * @param saved false while it is only named by emails
     */
    record StoredMailbox(
            UUID id,
            UUID account,
            MailboxId providerId,
            List<String> path,
            @Nullable Role role,
            boolean selectable,
            boolean saved) {
        @Override
        public String toString() {
            return "StoredMailbox[" + id + "]";
        }
    }
}
