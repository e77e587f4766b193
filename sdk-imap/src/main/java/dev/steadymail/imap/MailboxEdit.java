package dev.steadymail.imap;

import dev.steadymail.imap.command.CreateMailbox;
import dev.steadymail.imap.command.DeleteMailbox;
import dev.steadymail.imap.command.Exchange;
import dev.steadymail.imap.command.ListMailboxes;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.RenameMailbox;
import dev.steadymail.imap.command.Subscribe;
import dev.steadymail.imap.command.Unsubscribe;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Creates, renames and removes mailboxes (RFC 3501 sections 6.3.3 to 6.3.5). Other programs show what is subscribed to, so
 * subscriptions follow. INBOX is left alone: renaming it would empty it instead (RFC 3501 section 6.3.5).
 */
final class MailboxEdit {
    private final ImapCalls calls;

    MailboxEdit(ImapCalls calls) {
        this.calls = calls;
    }

    Mailbox create(List<String> path, Call call) {
        String created = calls.write("CREATE", null, call, connection -> {
            List<ListedMailbox> listed = list(connection);
            String name = NewMailboxName.of(path, listed, connection);
            requireFree(name, listed);
            run(connection, CreateMailbox.named(name));
            follow(connection, List.of(new Subscribe(name)));
            return name;
        });
        return now(created, call);
    }

    Mailbox rename(String from, List<String> path, Call call) {
        requireNoInbox(from);
        String renamed = calls.write("RENAME", null, call, connection -> {
            List<ListedMailbox> listed = list(connection);
            ListedMailbox old = require(from, listed);
            String name = NewMailboxName.of(path, listed, connection);
            requireFree(name, listed);
            connection.leaveMailbox();
            run(connection, new RenameMailbox(from, name));
            follow(connection, subscriptions(old, name, listed));
            return name;
        });
        return now(renamed, call);
    }

    void destroy(String name, Call call) {
        requireNoInbox(name);
        Boolean unused = calls.write("DELETE", null, call, connection -> {
            var listed = require(name, list(connection));
            connection.leaveMailbox();
            run(connection, new DeleteMailbox(listed.name()));
            follow(connection, List.of(new Unsubscribe(name)));
            return true;
        });
    }

    private static List<ListedMailbox> list(ImapConnection connection) {
        return connection
                .run(ListMailboxes.fitting(connection.capabilities(), Set.of()))
                .mailboxes();
    }

    private Mailbox now(String name, Call call) {
        return calls.read("LIST", null, call, MailboxList::fetch).stream()
                .filter(mailbox -> mailbox.id().value().equals(name))
                .findFirst()
                .orElseThrow(() -> MailException.builder(
                                Kind.CONFLICT, "the mailbox was removed or renamed meanwhile; list the mailboxes again")
                        .mayHaveTakenEffect(true)
                        .build());
    }

    /** What is answered differently by each server is found out before it is asked. */
    private static ListedMailbox require(String name, List<ListedMailbox> listed) {
        return listed.stream()
                .filter(mailbox -> mailbox.name().equals(name))
                .findFirst()
                .orElseThrow(() -> MailException.of(Kind.NOT_FOUND, "the mailbox is gone; list the mailboxes again"));
    }

    private static void requireFree(String name, List<ListedMailbox> listed) {
        boolean taken = listed.stream()
                .anyMatch(mailbox ->
                        mailbox.name().equals(name) && !mailbox.attributes().contains("\\nonexistent"));
        if (taken) {
            throw MailException.of(Kind.CONFLICT, "there is a mailbox of that name; choose another one");
        }
    }

    private static void requireNoInbox(String name) {
        if (name.equals(MailboxNames.INBOX)) {
            throw MailException.of(
                    Kind.FORBIDDEN, "INBOX can be neither renamed nor removed; move its emails to another mailbox");
        }
    }

    private static void run(ImapConnection connection, Exchange<?> edit) {
        try {
            Object unused = connection.runOnce(edit);
        } catch (MailException failure) {
            throw isAboutName(failure) ? invalidName(failure) : failure;
        }
    }

    /** Dovecot says CANNOT (RFC 5530 section 3), Cyrus a sentence. */
    private static boolean isAboutName(MailException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure.kind() == Kind.UNSUPPORTED
                || (failure.kind() == Kind.FORBIDDEN && text.contains("invalid mailbox"));
    }

    private static MailException invalidName(MailException failure) {
        return MailException.builder(Kind.INVALID, failure.getMessage() + "; choose another name")
                .providerCode(failure.providerCode().orElse(null))
                .mayHaveTakenEffect(false)
                .cause(failure)
                .build();
    }

    private static List<Exchange<?>> subscriptions(ListedMailbox old, String name, List<ListedMailbox> listed) {
        List<Exchange<?>> changes = new ArrayList<>();
        for (ListedMailbox mailbox : listed) {
            boolean below = old.delimiter() != null && mailbox.name().startsWith(old.name() + old.delimiter());
            if (below || mailbox.name().equals(old.name())) {
                changes.add(new Unsubscribe(mailbox.name()));
                changes.add(
                        new Subscribe(name + mailbox.name().substring(old.name().length())));
            }
        }
        return changes;
    }

    /** The edit is done; what a server says to this, even that it is over, changes nothing about that. */
    private static void follow(ImapConnection connection, List<? extends Exchange<?>> subscriptions) {
        try {
            List<ResponseCode> unused = connection.attemptEach(subscriptions);
        } catch (MailException lost) {
            connection.abort();
        }
    }
}
