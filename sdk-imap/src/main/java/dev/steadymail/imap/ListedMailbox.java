package dev.steadymail.imap;

import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a LIST answer.
 *
 * @param name the server's encoded name
 * @param path decoded segments
 * @param attributes in lower case
 * @param status counters of the mailbox, or null where they were not asked for or not told
 */
record ListedMailbox(
        String name,
        List<String> path,
        Set<String> attributes,
        @Nullable MailboxStatus status) {
    ListedMailbox {
        path = List.copyOf(path);
        attributes = Set.copyOf(attributes);
    }

    /** Returns whether it can hold messages (RFC 3501 section 7.2.2, RFC 5258 section 3). */
    boolean selectable() {
        return !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
    }

    ListedMailbox with(MailboxStatus status) {
        return new ListedMailbox(name, path, attributes, status);
    }

    Mailbox toMailbox(@Nullable Role role) {
        return new Mailbox(new MailboxId(name), path, role, selectable());
    }
}
