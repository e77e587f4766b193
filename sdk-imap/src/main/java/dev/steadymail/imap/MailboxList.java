package dev.steadymail.imap;

import dev.steadymail.mail.Mailbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/** Lists mailboxes, with as few commands as the server's extensions allow. */
final class MailboxList {
    private static final int LONGEST_NAME = 2_000;

    private final Map<String, ListedMailbox> listed = new LinkedHashMap<>();
    private final Map<String, MailboxStatus> statuses = new LinkedHashMap<>();

    private MailboxList() {}

    /** Returns all mailboxes with their roles. */
    static List<Mailbox> fetch(ImapConnection connection) {
        return MailboxRoles.assign(
                new ArrayList<>(list(connection, false).listed.values()));
    }

    /** Returns all mailboxes with their counters: by one command with LIST-STATUS (RFC 5819), else one each. */
    static List<ListedMailbox> fetchWithStatus(ImapConnection connection) {
        MailboxList answer = list(connection, true);
        List<ListedMailbox> mailboxes = new ArrayList<>();
        for (ListedMailbox mailbox : answer.listed.values()) {
            MailboxStatus status = mailbox.selectable() ? answer.status(connection, mailbox.name()) : null;
            mailboxes.add(status == null ? mailbox : mailbox.with(status));
        }
        return mailboxes;
    }

    private static MailboxList list(ImapConnection connection, boolean withStatus) {
        MailboxList answer = new MailboxList();
        connection.command(
                command(connection), Arguments.atoms("\"\" \"*\"" + options(connection, withStatus)), answer::observe);
        return answer;
    }

    private static String command(ImapConnection connection) {
        return connection.can("XLIST") && !connection.can("SPECIAL-USE") ? "XLIST" : "LIST";
    }

    private static String options(ImapConnection connection, boolean withStatus) {
        List<String> options = new ArrayList<>();
        boolean status = withStatus && connection.can("LIST-STATUS");
        if (connection.can("SPECIAL-USE") && (status || connection.can("LIST-EXTENDED"))) {
            options.add("SPECIAL-USE");
        }
        if (status) {
            options.add("STATUS " + MailboxStatus.items(connection));
        }
        return options.isEmpty() ? "" : " RETURN (" + String.join(" ", options) + ")";
    }

    private void observe(IMAPResponse response) {
        if (response.keyEquals("LIST") || response.keyEquals("XLIST")) {
            observeMailbox(response);
        } else if (response.keyEquals("STATUS")) {
            observeStatus(response);
        }
    }

    private void observeMailbox(IMAPResponse response) {
        response.skipSpaces();
        Set<String> attributes = attributes(response.readSimpleList());
        response.skipSpaces();
        String delimiter = response.readString();
        String name = response.readAtomString();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            return;
        }
        // XLIST names the inbox in the user's language and marks it.
        String canonical = attributes.contains("\\inbox") ? MailboxNames.INBOX : MailboxNames.canonical(name);
        ListedMailbox mailbox = new ListedMailbox(canonical, MailboxNames.path(canonical, delimiter), attributes, null);
        listed.put(canonical, mailbox);
    }

    private static Set<String> attributes(String @Nullable [] words) {
        Set<String> attributes = new HashSet<>();
        if (words != null) {
            for (String word : words) {
                attributes.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return attributes;
    }

    private void observeStatus(IMAPResponse response) {
        String name = response.readAtomString();
        MailboxStatus status = name == null ? null : MailboxStatus.read(response);
        if (name != null && status != null) {
            statuses.put(MailboxNames.canonical(name), status);
        }
    }

    /** A mailbox whose counters the server keeps to itself is looked into later. */
    private @Nullable MailboxStatus status(ImapConnection connection, String name) {
        if (!statuses.containsKey(name) && !connection.can("LIST-STATUS")) {
            ResponseCode unused = connection.attempt(
                    "STATUS", Arguments.mailbox(name).writeAtom(MailboxStatus.items(connection)), this::observe);
        }
        return statuses.get(name);
    }
}
