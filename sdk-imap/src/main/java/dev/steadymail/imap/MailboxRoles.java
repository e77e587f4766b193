package dev.steadymail.imap;

import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what each mailbox is for: SPECIAL-USE attributes (RFC 6154), then XLIST's, then names that people use. */
final class MailboxRoles {
    private static final Map<String, Role> SPECIAL_USE = Map.of(
            "\\all", Role.ALL,
            "\\archive", Role.ARCHIVE,
            "\\drafts", Role.DRAFTS,
            "\\flagged", Role.FLAGGED,
            "\\important", Role.IMPORTANT,
            "\\junk", Role.JUNK,
            "\\sent", Role.SENT,
            "\\trash", Role.TRASH);
    private static final Map<String, Role> XLIST =
            Map.of("\\allmail", Role.ALL, "\\spam", Role.JUNK, "\\starred", Role.FLAGGED);
    private static final Map<Role, Set<String>> NAMES = new EnumMap<>(Map.of(
            Role.ARCHIVE, Set.of("archive", "archives", "archiv", "archivo", "archivio"),
            Role.DRAFTS, Set.of("drafts", "draft", "entwürfe", "brouillons", "borradores", "bozze", "concepten"),
            Role.JUNK, Set.of("junk", "spam", "junk e-mail", "junk email", "bulk mail", "indésirables", "werbung"),
            Role.SENT,
                    Set.of(
                            "sent",
                            "sent items",
                            "sent messages",
                            "sent mail",
                            "gesendet",
                            "gesendete objekte",
                            "envoyés",
                            "éléments envoyés",
                            "enviados",
                            "inviati",
                            "verzonden items"),
            Role.TRASH,
                    Set.of(
                            "trash",
                            "deleted items",
                            "deleted messages",
                            "bin",
                            "papierkorb",
                            "gelöschte objekte",
                            "corbeille",
                            "papelera",
                            "cestino",
                            "prullenbak")));

    private MailboxRoles() {}

    /** Returns the mailboxes with their roles, each role at most once; what the server states goes before what a name hints. */
    static List<Mailbox> assign(List<ListedMailbox> listed) {
        Map<Role, ListedMailbox> holders = new EnumMap<>(Role.class);
        for (ListedMailbox mailbox : listed) {
            put(holders, mailbox, mailbox.name().equals(MailboxNames.INBOX) ? Role.INBOX : null);
            mailbox.attributes().forEach(attribute -> put(holders, mailbox, SPECIAL_USE.get(attribute)));
        }
        for (ListedMailbox mailbox : listed) {
            mailbox.attributes().forEach(attribute -> put(holders, mailbox, XLIST.get(attribute)));
        }
        for (ListedMailbox mailbox : listed) {
            put(holders, mailbox, byName(mailbox));
        }
        List<Mailbox> mailboxes = new ArrayList<>();
        listed.forEach(mailbox -> mailboxes.add(new Mailbox(
                new MailboxId(mailbox.name()),
                MailboxNames.path(mailbox.name(), mailbox.delimiter()),
                roleOf(mailbox, holders),
                mailbox.isSelectable())));
        return mailboxes;
    }

    private static void put(Map<Role, ListedMailbox> holders, ListedMailbox mailbox, @Nullable Role role) {
        if (role != null && mailbox.isSelectable() && roleOf(mailbox, holders) == null) {
            holders.putIfAbsent(role, mailbox);
        }
    }

    private static @Nullable Role roleOf(ListedMailbox mailbox, Map<Role, ListedMailbox> holders) {
        return holders.entrySet().stream()
                .filter(holder -> holder.getValue().equals(mailbox))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Only names at the top, or right below INBOX, are taken for a role. */
    private static @Nullable Role byName(ListedMailbox mailbox) {
        List<String> path = MailboxNames.path(mailbox.name(), mailbox.delimiter());
        boolean nearTop = path.size() == 1 || (path.size() == 2 && path.get(0).equals(MailboxNames.INBOX));
        String name = path.get(path.size() - 1).toLowerCase(Locale.ROOT);
        return nearTop
                ? NAMES.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(name))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
