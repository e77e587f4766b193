package dev.steadymail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The mailboxes of one account. Thread-safe; nothing is kept between calls. */
public final class Mailboxes {
    private static final int MAX_LENGTH = 500;

    private final MailView view;

    Mailboxes(MailView view) {
        this.view = view;
    }

    /** Returns all mailboxes: those with a role first, then by name. */
    public List<Mailbox> list() {
        return view.provider().mailboxes(view.call()).stream()
                .sorted(Comparator.comparing((Mailbox mailbox) -> mailbox.role() == null)
                        .thenComparing(mailbox -> mailbox.role() == null ? Role.INBOX : mailbox.role())
                        .thenComparing(Mailbox::fullName))
                .toList();
    }

    /** Returns the mailbox with a role, empty where the account has none. */
    public Optional<Mailbox> find(Role role) {
        return list().stream().filter(mailbox -> mailbox.role() == role).findFirst();
    }

    /** Returns the mailbox of a full name, segments joined by {@code /}; only {@code INBOX} ignores case (RFC 3501 5.1). */
    public Optional<Mailbox> find(String fullName) {
        return list().stream()
                .filter(mailbox -> mailbox.fullName().equals(fullName)
                        || (mailbox.role() == Role.INBOX && "INBOX".equalsIgnoreCase(fullName)))
                .findFirst();
    }

    /**
     * Creates a mailbox, and where the provider needs them, those above it.
     *
     * @param path names from the root down, at least one, none of them blank
     * @return the mailbox as it is now
     * @throws MailException UNSUPPORTED without capability MAILBOX_EDITING, CONFLICT where there is one of that name, INVALID for a name
     *     that cannot be, FORBIDDEN where the account must not
     */
    public Mailbox create(List<String> path) {
        return view.provider().createMailbox(checked(path), view.call());
    }

    /**
     * Renames a mailbox, or moves it below another one; those below it go with it. Ids of mailboxes and emails may change.
     *
     * @param path the new names from the root down, at least one, none of them blank
     * @return the mailbox as it is now
     * @throws MailException UNSUPPORTED without capability MAILBOX_EDITING, CONFLICT where there is one of the new name, INVALID for a
     *     name that cannot be, FORBIDDEN for the inbox and others whose role keeps their name, NOT_FOUND where it is gone
     */
    public Mailbox rename(MailboxId id, List<String> path) {
        return view.provider().renameMailbox(id, checked(path), view.call());
    }

    /**
     * Removes a mailbox. Without capability MULTIPLE_MAILBOXES the emails in it are gone for good; otherwise they only leave it.
     *
     * @throws MailException UNSUPPORTED without capability MAILBOX_EDITING, FORBIDDEN for the inbox and others whose role keeps them,
     *     NOT_FOUND where it is gone
     */
    public void destroy(MailboxId id) {
        view.provider().destroyMailbox(id, view.call());
    }

    private static List<String> checked(List<String> path) {
        boolean good = !path.isEmpty()
                && path.stream().noneMatch(name -> isBad(name))
                && path.stream().mapToInt(String::length).sum() <= MAX_LENGTH;
        if (!good) {
            throw MailException.of(
                    Kind.INVALID,
                    "a mailbox needs names that are not blank, without / and control characters, of at most "
                            + MAX_LENGTH + " characters together");
        }
        return List.copyOf(path);
    }

    /** A name with the delimiter of full names in it would be two in those. */
    private static boolean isBad(String name) {
        return name.isBlank() || name.chars().anyMatch(c -> c == '/' || Character.isISOControl(c));
    }

    Mailbox require(Role role) {
        return find(role)
                .orElseThrow(() -> MailException.of(
                        Kind.NOT_FOUND, "this account has no mailbox with role " + role + "; name a mailbox instead"));
    }
}
