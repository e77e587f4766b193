package dev.steadymail.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named set of emails: an IMAP mailbox or a Gmail label (RFC 8621 section 2).
 *
 * @param id the provider's id
 * @param path decoded names from the root down, at least one
 * @param role what the mailbox is for, or null for an ordinary one
 * @param selectable whether it can hold emails; false for a name that only groups others
 */
public record Mailbox(
        MailboxId id, List<String> path, @Nullable Role role, boolean selectable) {
    public Mailbox {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a mailbox needs at least one path segment");
        }
    }

    /** Returns the last path segment. */
    public String name() {
        return path.get(path.size() - 1);
    }

    /** Returns the path joined by {@code /}, whatever delimiter the server uses. */
    public String fullName() {
        return String.join("/", path);
    }

    @Override
    public String toString() {
        return "Mailbox[" + (role == null ? "hidden" : role) + "]";
    }
}
