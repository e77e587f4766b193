package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** LIST, RFC 3501 section 6.3.8, with the options of RFC 5258, RFC 5819 and RFC 6154. */
final class ListCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        ListOptions options = ListOptions.read(session, args);
        if (options.asksForDelimiter()) {
            session.writer().untagged("LIST (\\Noselect) \"" + ServerMailbox.DELIMITER + "\" \"\"");
            return Completion.ok("LIST done");
        }
        session.store().call(() -> {
            list(session, options);
            return true;
        });
        return Completion.ok("LIST done");
    }

    private static void list(ImapSession session, ListOptions options) {
        AccountStore store = session.store();
        SortedSet<String> names = withParents(store);
        List<MailboxPattern> patterns =
                options.patterns().stream().map(MailboxPattern::new).toList();
        for (String name : names) {
            ServerMailbox mailbox = store.find(name);
            boolean matches = patterns.stream().anyMatch(pattern -> pattern.matches(name));
            if (matches && isSelected(store, options, name, mailbox)) {
                String attributes = String.join(" ", attributes(session, options, names, name));
                send("LIST", attributes, name, session.writer());
                sendStatus(options.status(), mailbox, session.writer());
            }
        }
    }

    static void send(String response, String attributes, String name, ResponseWriter writer) {
        writer.send(ResponseLine.untagged(response + " (" + attributes + ") \"" + ServerMailbox.DELIMITER + "\" ")
                .mailbox(name));
    }

    private static void sendStatus(
            @Nullable StatusItems items, @Nullable ServerMailbox mailbox, ResponseWriter writer) {
        if (items != null && mailbox != null) {
            writer.send(items.describe(mailbox));
        }
    }

    /** Returns all names, with levels above a mailbox that are no mailbox themselves. */
    private static SortedSet<String> withParents(AccountStore store) {
        SortedSet<String> names = new TreeSet<>(store.mailboxes().keySet());
        for (String name : store.mailboxes().keySet()) {
            for (int end = name.indexOf(ServerMailbox.DELIMITER);
                    end > 0;
                    end = name.indexOf(ServerMailbox.DELIMITER, end + 1)) {
                names.add(name.substring(0, end));
            }
        }
        return names;
    }

    private static boolean isSelected(
            AccountStore store, ListOptions options, String name, @Nullable ServerMailbox mailbox) {
        boolean special = mailbox != null && mailbox.specialUse() != null;
        return (special || !options.onlySpecialUse())
                && (store.subscriptions().contains(name) || !options.onlySubscribed());
    }

    private static List<String> attributes(
            ImapSession session, ListOptions options, SortedSet<String> names, String name) {
        AccountStore store = session.store();
        ServerMailbox mailbox = store.find(name);
        List<String> attributes = new ArrayList<>();
        if (mailbox == null) {
            attributes.add("\\Noselect");
        }
        attributes.add(hasChildren(names, name) ? "\\HasChildren" : "\\HasNoChildren");
        SpecialUse use = mailbox == null ? null : mailbox.specialUse();
        if (use != null && session.offers(ImapCapability.SPECIAL_USE)) {
            attributes.add(use.attribute());
        }
        if (options.tellsSubscribed() && store.subscriptions().contains(name)) {
            attributes.add("\\Subscribed");
        }
        return attributes;
    }

    private static boolean hasChildren(SortedSet<String> names, String name) {
        String prefix = name + ServerMailbox.DELIMITER;
        SortedSet<String> after = names.tailSet(prefix);
        return !after.isEmpty() && after.first().startsWith(prefix);
    }
}
