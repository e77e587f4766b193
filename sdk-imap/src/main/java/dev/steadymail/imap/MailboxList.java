package dev.steadymail.imap;

import dev.steadymail.imap.command.ListMailboxes;
import dev.steadymail.imap.command.ListMailboxes.Listing;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.Status;
import dev.steadymail.imap.command.StatusItem;
import dev.steadymail.mail.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists mailboxes, with as few commands as the server's extensions allow. */
final class MailboxList {
    private MailboxList() {}

    /** Returns all mailboxes with their roles. */
    static List<Mailbox> fetch(ImapConnection connection) {
        Listing listing = connection.run(ListMailboxes.fitting(connection.capabilities(), Set.of()));
        return MailboxRoles.assign(listing.mailboxes());
    }

    /** Returns all mailboxes with their counters: by one command with LIST-STATUS (RFC 5819), else one each. */
    static Listing fetchWithStatus(ImapConnection connection) {
        connection.leaveMailbox();
        Set<StatusItem> items = StatusItem.ofChange(connection.capabilities());
        ListMailboxes list = ListMailboxes.fitting(connection.capabilities(), items);
        Listing listing = connection.run(list);
        if (list.tellsCounters()) {
            return listing;
        }
        List<ListedMailbox> mailboxes = new ArrayList<>();
        for (ListedMailbox mailbox : listing.mailboxes()) {
            mailboxes.add(mailbox.isSelectable() ? withStatus(connection, mailbox, items) : mailbox);
        }
        return new Listing(mailboxes, listing.unreadable());
    }

    /** A mailbox whose counters the server keeps to itself is looked into later. */
    private static ListedMailbox withStatus(ImapConnection connection, ListedMailbox mailbox, Set<StatusItem> items) {
        Status status = new Status(mailbox.name(), items);
        ResponseCode answer = connection.attempt(status.command(), status::observe);
        MailboxCounters counters = answer.isOk() ? status.told() : null;
        return counters == null ? mailbox : mailbox.with(counters);
    }
}
