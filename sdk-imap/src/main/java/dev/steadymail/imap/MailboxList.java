package dev.steadymail.imap;

import dev.steadymail.imap.command.ListMailboxes;
import dev.steadymail.imap.command.ListMailboxes.Listing;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.Status;
import dev.steadymail.imap.command.StatusItem;
import dev.steadymail.mail.Mailbox;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Lists mailboxes, with as few commands as the server's extensions allow. */
final class MailboxList {
    private static final Set<StatusItem> PLAIN =
            Set.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY);

    /** So many are not asked about one by one. */
    private static final int MANY = 16;

    private MailboxList() {}

    /** Returns all mailboxes with their roles. */
    static List<Mailbox> fetch(ImapConnection connection) {
        Listing listing = connection.run(ListMailboxes.fitting(connection.capabilities(), Set.of()));
        return MailboxRoles.assign(listing.mailboxes());
    }

    /** Returns all mailboxes with their counters: by one command with LIST-STATUS (RFC 5819), else one each. */
    static Listing fetchWithStatus(ImapConnection connection) {
        connection.leaveMailbox();
        return fetchWithStatusBesides(connection);
    }

    /** Does the same beside a mailbox that is open; of that one the counters may be of an earlier moment. */
    static Listing fetchWithStatusBesides(ImapConnection connection) {
        Set<StatusItem> items = StatusItem.ofChange(connection.capabilities());
        ListMailboxes list = ListMailboxes.fitting(connection.capabilities(), items);
        Listing listing = connection.run(list);
        if (list.tellsCounters()) {
            return listing;
        }
        List<ListedMailbox> open =
                listing.mailboxes().stream().filter(ListedMailbox::isSelectable).toList();
        Map<String, MailboxCounters> counters =
                counters(connection, open.stream().map(ListedMailbox::name).toList(), items, (name, told) -> {});
        return new Listing(
                listing.mailboxes().stream()
                        .map(mailbox -> mailbox.with(counters.get(mailbox.name())))
                        .toList(),
                listing.unreadable());
    }

    /**
     * Asks for the counters that tell whether mailboxes changed: of all together, where they are many and the server can.
     *
     * @param each takes what is told, in its order; more than once of one that changes meanwhile
     */
    static void tellCounters(
            ImapConnection connection, List<String> mailboxes, BiConsumer<String, MailboxCounters> each) {
        Set<StatusItem> items = StatusItem.ofChange(connection.capabilities());
        Set<String> left = new LinkedHashSet<>(mailboxes);
        ListMailboxes list = ListMailboxes.fitting(connection.capabilities(), items);
        if (mailboxes.size() >= MANY && list.tellsCounters()) {
            tellTogether(connection, list, left, each);
        }
        // Those that no list has, and all where the server fails to do what it says it can.
        var unused = counters(connection, List.copyOf(left), items, each);
    }

    private static void tellTogether(
            ImapConnection connection, ListMailboxes list, Set<String> left, BiConsumer<String, MailboxCounters> each) {
        ResponseCode answer = connection.attemptEach(List.of(list)).get(0);
        if (!answer.isOk()) {
            return;
        }
        for (ListedMailbox mailbox : list.result(answer.said()).mailboxes()) {
            MailboxCounters counters = mailbox.counters();
            if (counters != null && left.remove(mailbox.name())) {
                each.accept(mailbox.name(), counters);
            }
        }
    }

    /** Asks for the counters of mailboxes; one whose counters the server keeps to itself is missing in the answer. */
    private static Map<String, MailboxCounters> counters(
            ImapConnection connection,
            List<String> mailboxes,
            Set<StatusItem> items,
            BiConsumer<String, MailboxCounters> each) {
        List<Status> asked =
                mailboxes.stream().map(name -> new Status(name, items, each)).toList();
        List<ResponseCode> answers = connection.attemptEach(asked);
        if (answers.stream().anyMatch(ResponseCode::isBad) && items.size() > PLAIN.size()) {
            // It does not know what it said it knows, and would be asked in vain for ever.
            return counters(connection, mailboxes, PLAIN, each);
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
