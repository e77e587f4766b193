package dev.steadymail.server.mail;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox as the API shows it.
 *
 * @param path decoded names from the root down
 * @param name the path joined by {@code /}
 * @param role as JMAP writes it, for example {@code inbox}; null for an ordinary mailbox
 * @param total emails in it
 * @param unseen emails in it without the keyword {@code $seen}
 */
public record MailboxView(
        UUID id, String name, List<String> path, @Nullable String role, boolean selectable, long total, long unseen) {
    @Override
    public String toString() {
        return "MailboxView[" + id + "]";
    }
}
