package dev.steadymail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The mailboxes of one account. Thread-safe; nothing is kept between calls. */
public final class Mailboxes {
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

    Mailbox require(Role role) {
        return find(role)
                .orElseThrow(() -> MailException.of(
                        Kind.NOT_FOUND, "this account has no mailbox with role " + role + "; name a mailbox instead"));
    }
}
