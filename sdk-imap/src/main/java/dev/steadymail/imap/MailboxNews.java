package dev.steadymail.imap;

import dev.steadymail.provider.Change;
import java.util.List;

/**
 * What one look at a mailbox found.
 *
 * @param changes to known emails
 * @param appearing UIDs of emails to hand out, descending
 * @param state where the mailbox stands when changes are applied and all of {@code appearing} is still to come
 * @param recovered whether it was found by comparing, since what was kept of the mailbox was no longer good
 */
record MailboxNews(List<Change> changes, List<Long> appearing, MailboxState state, boolean recovered) {
    MailboxNews {
        changes = List.copyOf(changes);
        appearing = List.copyOf(appearing);
    }
}
