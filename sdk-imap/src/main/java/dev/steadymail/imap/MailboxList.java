package dev.steadymail.imap;

import dev.steadymail.imap.command.ListMailboxes;
import dev.steadymail.imap.command.ListMailboxes.Listing;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.Status;
import dev.steadymail.imap.command.StatusItem;
import dev.steadymail.mail.Mailbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists mailboxes, with as few commands as the server's extensions allow. */
final class MailboxList {
    private static final Set<StatusItem> PLAIN =
            Set.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY);

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
        List<ListedMailbox> open =
                listing.mailboxes().stream().filter(ListedMailbox::isSelectable).toList();
        Map<String, MailboxCounters> counters =
                counters(connection, open.stream().map(ListedMailbox::name).toList(), items);
        return new Listing(
                listing.mailboxes().stream()
                        .map(mailbox -> mailbox.with(counters.get(mailbox.name())))
                        .toList(),
                listing.unreadable());
    }

    /** Asks for the counters of mailboxes; one whose counters the server keeps to itself is missing in the answer. */
    static Map<String, MailboxCounters> counters(
            ImapConnection connection, List<String> mailboxes, Set<StatusItem> items) {
        List<Status> asked =
                mailboxes.stream().map(name -> new Status(name, items)).toList();
        List<ResponseCode> answers = connection.attemptEach(asked);
        if (answers.stream().anyMatch(ResponseCode::isBad) && items.size() > PLAIN.size()) {
            // It does not know what it said it knows, and would be asked in vain for ever.
            return counters(connection, mailboxes, PLAIN);
        }
        Map<String, MailboxCounters> counters = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            MailboxCounters told = answers.get(i).isOk() ? asked.get(i).told() : null;
            if (told != null) {
                counters.put(mailboxes.get(i), told);
            }
        }
        return counters;
    }
}
