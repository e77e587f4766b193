package dev.steadymail.server.changes;

import dev.steadymail.MailView;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.changes.AccountMailboxes.StoredMailbox;
import dev.steadymail.server.sync.StoredChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Creates, renames and removes mailboxes. Thread-safe. */
@Service
class MailboxChanges {
    private final AccountChanges changes;
    private final AccountClients clients;
    private final ConnectedAccounts accounts;
    private final Targets targets;
    private final StoredChanges stored;

    MailboxChanges(
            AccountChanges changes,
            AccountClients clients,
            ConnectedAccounts accounts,
            Targets targets,
            StoredChanges stored) {
        this.changes = changes;
        this.clients = clients;
        this.accounts = accounts;
        this.targets = targets;
        this.stored = stored;
    }

    /**
     * Creates a mailbox.
     *
     * @param parent the mailbox that it is below, null for none
     * @return its path
     */
    List<String> create(UUID account, String name, @Nullable UUID parent) {
        accounts.require(account);
        List<String> path = new ArrayList<>();
        if (parent != null) {
            StoredMailbox above = targets.mailbox(parent);
            if (!above.account().equals(account)) {
                throw new WrongChangeException("parentId is no mailbox of this account");
            }
            path.addAll(above.path());
        }
        path.add(name);
        try {
            Mailbox created = changes.open(account).mailboxes().create(path);
            boolean unused = stored.apply(account, batch -> batch.save(created));
            return created.path();
        } finally {
            accounts.syncNow(account);
        }
    }

    /** Gives a mailbox another last name; the sync that is asked for finds out what that did to it and to what is below it. */
    void rename(UUID id, String name) {
        StoredMailbox mailbox = targets.mailbox(id);
        requireOrdinary(mailbox, "renamed");
        List<String> path = new ArrayList<>(mailbox.path());
        path.set(path.size() - 1, name);
        try {
            Mailbox unused = changes.open(mailbox.account()).mailboxes().rename(mailbox.providerId(), path);
        } finally {
            accounts.syncNow(mailbox.account());
        }
    }

    /**
     * Removes a mailbox.
     *
     * @param withEmails whether its emails may go, too, where an email is in one mailbox
     * @throws WrongChangeException where it has emails that may not go, or a role
     */
    void remove(UUID id, boolean withEmails) {
        StoredMailbox mailbox = targets.mailbox(id);
        requireOrdinary(mailbox, "removed");
        MailView mail = changes.open(mailbox.account());
        if (!withEmails && hasEmails(mail, mailbox)) {
            throw new WrongChangeException(
                    "the mailbox has emails; move them first, or add withEmails=true to lose them");
        }
        boolean emailsGo = !clients.of(mailbox.account()).capabilities().has(Capability.MULTIPLE_MAILBOXES);
        try {
            mail.mailboxes().destroy(mailbox.providerId());
            List<EmailId> gone = emailsGo ? targets.in(id) : List.of();
            boolean unused = stored.apply(mailbox.account(), batch -> {
                gone.forEach(batch::destroy);
                batch.drop(mailbox.providerId());
            });
        } finally {
            accounts.syncNow(mailbox.account());
        }
    }

    /** Asks the provider: what arrived since the last sync counts. */
    private static boolean hasEmails(MailView mail, StoredMailbox mailbox) {
        return mailbox.selectable()
                && mail.emails()
                        .query(EmailQuery.in(mailbox.providerId())
                                .fetch(FetchLevel.STATE)
                                .limit(1))
                        .iterator()
                        .hasNext();
    }

    private static void requireOrdinary(StoredMailbox mailbox, String done) {
        if (mailbox.role() != null) {
            throw new WrongChangeException("a mailbox with a role cannot be " + done + " here");
        }
    }
}
