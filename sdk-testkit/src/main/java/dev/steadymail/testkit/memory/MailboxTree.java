package dev.steadymail.testkit.memory;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mailboxes of the in-memory server, by full name. Not thread-safe. */
final class MailboxTree {
    private final InMemoryOptions options;
    private final Map<String, Mailbox> byName = new LinkedHashMap<>();
    private int lastNumber;

    MailboxTree(InMemoryOptions options) {
        this.options = options;
        add("INBOX", Role.INBOX);
        add(options.labels() ? "All Mail" : "Archive", options.labels() ? Role.ALL : Role.ARCHIVE);
        add("Sent", Role.SENT);
        add("Drafts", Role.DRAFTS);
        add("Trash", Role.TRASH);
        add("Junk", Role.JUNK);
    }

    List<Mailbox> list() {
        return List.copyOf(byName.values());
    }

    boolean contains(MailboxId id) {
        return byName.values().stream().anyMatch(mailbox -> mailbox.id().equals(id));
    }

    void require(MailboxId id) {
        if (!contains(id)) {
            throw MailException.of(Kind.NOT_FOUND, "the mailbox is gone; list the mailboxes again");
        }
    }

    MailboxId id(String fullName) {
        Mailbox mailbox = byName.get(fullName);
        if (mailbox == null) {
            throw new IllegalArgumentException("create the mailbox first");
        }
        return mailbox.id();
    }

    /** Returns the mailbox of emails that bear no label, null where mailboxes are folders. */
    @Nullable
    MailboxId unlabelled() {
        return options.labels() ? id("All Mail") : null;
    }

    void create(String fullName) {
        if (byName.containsKey(fullName)) {
            throw new IllegalArgumentException("the mailbox is there already");
        }
        add(fullName, null);
    }

    /** Creates a mailbox unless its name is taken or cannot be. */
    Mailbox createFree(List<String> path) {
        String name = freeName(path);
        add(name, null);
        return named(name);
    }

    /** Returns the full name that a path makes, where it can be and is not taken. */
    String freeName(List<String> path) {
        if (path.stream().anyMatch(segment -> segment.contains("/"))) {
            throw MailException.of(Kind.INVALID, "a mailbox's name must not hold the delimiter /; choose another one");
        }
        String name = String.join("/", path);
        if (byName.containsKey(name) || name.equalsIgnoreCase("INBOX")) {
            throw MailException.of(Kind.CONFLICT, "there is a mailbox of that name; choose another one");
        }
        return name;
    }

    /** Returns a mailbox that may be renamed and removed. */
    Mailbox editable(MailboxId id) {
        require(id);
        Mailbox mailbox = byName.values().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        if (mailbox.role() != null) {
            throw MailException.of(Kind.FORBIDDEN, "a mailbox with a role keeps its name; change another one");
        }
        return mailbox;
    }

    Mailbox named(String fullName) {
        return byName.values().stream()
                .filter(mailbox -> mailbox.fullName().equals(fullName))
                .findFirst()
                .orElseThrow();
    }

    MailboxId withRole(Role role) {
        return byName.values().stream()
                .filter(mailbox -> mailbox.role() == role)
                .map(Mailbox::id)
                .findFirst()
                .orElseThrow();
    }

    void remove(Mailbox mailbox) {
        byName.remove(mailbox.fullName());
    }

    /** Renames a mailbox and those below it; answers their new ids by the old ones, where ids follow names. */
    Map<MailboxId, MailboxId> rename(String from, String to) {
        Map<MailboxId, MailboxId> renamed = new HashMap<>();
        for (String name : new ArrayList<>(byName.keySet())) {
            if (name.equals(from) || name.startsWith(from + "/")) {
                Mailbox old = byName.remove(name);
                Mailbox moved = mailbox(to + name.substring(from.length()), old == null ? null : old.role(), old);
                byName.put(moved.fullName(), moved);
                if (old != null && !old.id().equals(moved.id())) {
                    renamed.put(old.id(), moved.id());
                }
            }
        }
        return renamed;
    }

    private void add(String fullName, @Nullable Role role) {
        byName.put(fullName, mailbox(fullName, role, null));
    }

    private Mailbox mailbox(String fullName, @Nullable Role role, @Nullable Mailbox before) {
        return new Mailbox(id(fullName, before), List.of(fullName.split("/")), role, true);
    }

    private MailboxId id(String fullName, @Nullable Mailbox before) {
        if (options.labels()) {
            return before == null ? new MailboxId("label-" + ++lastNumber) : before.id();
        }
        return new MailboxId("folder-" + fullName);
    }
}
