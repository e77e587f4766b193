package dev.steadymail.testkit.imap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Direct access to the mailboxes of a user, as if another client had changed them: connected sessions learn of it by the rules of the
 * protocol, idling ones at once. Mailbox names are in Unicode with {@code /} between levels. Thread-safe.
 *
 * <p>Methods that name a mailbox or message which does not exist throw {@link IllegalArgumentException}.
 */
public final class ImapTestAccount {

    private final AccountStore store;
    private final Credentials credentials;

    ImapTestAccount(AccountStore store, Credentials credentials) {
        this.store = store;
        this.credentials = credentials;
    }

    /** Replaces the password; sessions that are logged in stay so. */
    public void setPassword(String password) {
        credentials.password(password);
    }

    /** Replaces the access tokens that XOAUTH2 accepts; none by default. */
    public void setAccessTokens(String... tokens) {
        credentials.accessTokens(Set.of(tokens));
    }

    /** Returns the names of all mailboxes, sorted. */
    public List<String> mailboxes() {
        return store.call(() -> List.copyOf(store.mailboxes().keySet()));
    }

    /** Creates and subscribes an ordinary mailbox. */
    public void createMailbox(String name) {
        createMailbox(name, null);
    }

    /** Creates and subscribes a mailbox with a special use. */
    public void createMailbox(String name, @Nullable SpecialUse use) {
        change(() -> store.subscriptions().add(store.create(name, use).name()));
    }

    /** Sets or, with null, removes the special use of a mailbox. */
    public void setSpecialUse(String mailbox, @Nullable SpecialUse use) {
        change(() -> {
            require(mailbox).specialUse(use);
            return true;
        });
    }

    /** Deletes a mailbox; sessions that have it selected are ended with BYE. */
    public void deleteMailbox(String name) {
        change(() -> {
            store.delete(name);
            return true;
        });
    }

    /** Renames a mailbox and those below it; UIDVALIDITY and UIDs stay. */
    public void rename(String from, String to) {
        change(() -> {
            store.rename(from, to);
            return true;
        });
    }

    /**
     * Gives a mailbox a new UIDVALIDITY and its messages new UIDs from 1; sessions that have it selected are ended with BYE.
     *
     * @return the new UIDVALIDITY, higher than any before
     */
    public long resetUidValidity(String mailbox) {
        return change(() -> {
            require(mailbox);
            return store.renew(mailbox).uidValidity();
        });
    }

    /** Returns the UIDVALIDITY of a mailbox. */
    public long uidValidity(String mailbox) {
        return store.call(() -> require(mailbox).uidValidity());
    }

    /** Returns the HIGHESTMODSEQ of a mailbox, RFC 7162. */
    public long highestModSeq(String mailbox) {
        return store.call(() -> require(mailbox).highestModSeq());
    }

    /**
     * Adds a message.
     *
     * @param message exact bytes, copied; at most 64 MB are of use, as clients may send no more
     * @param flags system flags and keywords
     * @return the UID of the new message
     */
    public long append(String mailbox, byte[] message, Collection<String> flags, OffsetDateTime internalDate) {
        byte[] copy = message.clone();
        return change(() -> require(mailbox).append(copy, flags, internalDate).uid());
    }

    /**
     * Adds a message as {@link #append(String, byte[], Collection, OffsetDateTime)} does, with what Gmail's extension tells of it and its
     * copies.
     */
    public long append(
            String mailbox,
            byte[] message,
            Collection<String> flags,
            OffsetDateTime internalDate,
            GmailAttributes attributes) {
        byte[] copy = message.clone();
        return change(() -> {
            ServerMessage added = require(mailbox).append(copy, flags, internalDate);
            added.content().gmail(attributes);
            return added.uid();
        });
    }

    /** Replaces the flags of a message. */
    public void setFlags(String mailbox, long uid, Collection<String> flags) {
        change(() -> {
            require(mailbox).changeFlags(require(mailbox, uid), FlagNames.set(flags));
            return true;
        });
    }

    /**
     * Puts a copy of a message into a mailbox, as COPY does.
     *
     * @return the UID of the copy
     */
    public long copy(String mailbox, long uid, String target) {
        return change(() -> require(target).appendCopyOf(require(mailbox, uid)).uid());
    }

    /**
     * Takes a message to another mailbox, as MOVE does.
     *
     * @return its UID there
     */
    public long move(String mailbox, long uid, String target) {
        return change(() -> {
            ServerMessage message = require(mailbox, uid);
            long moved = require(target).appendCopyOf(message).uid();
            require(mailbox).expunge(List.of(message));
            return moved;
        });
    }

    /**
     * Lets every FETCH of content that names a message, or a copy of it, end with NO (RFC 3501 section 6.4.5, "can't fetch that data"),
     * without that message; flags, size and the like are told as before.
     */
    public void makeUnreadable(String mailbox, long uid) {
        change(() -> {
            require(mailbox, uid).content().readable(false);
            return true;
        });
    }

    /** Ends {@link #makeUnreadable} for a message and its copies. */
    public void makeReadable(String mailbox, long uid) {
        change(() -> {
            require(mailbox, uid).content().readable(true);
            return true;
        });
    }

    /**
     * Sets HIGHESTMODSEQ, as a server does whose indexes were made anew: no message keeps a higher one, and expunges are forgotten. Where
     * it goes down, clients must take what they noted for void.
     *
     * @param modSeq at least 1
     */
    public void restateModSeq(String mailbox, long modSeq) {
        if (modSeq < 1) {
            throw new IllegalArgumentException("modSeq must be at least 1, was " + modSeq);
        }
        change(() -> {
            require(mailbox).restateModSeq(modSeq);
            return true;
        });
    }

    /** Removes messages for good, whether marked deleted or not. */
    public void expunge(String mailbox, long... uids) {
        change(() -> {
            List<ServerMessage> doomed = new ArrayList<>();
            for (long uid : uids) {
                doomed.add(require(mailbox, uid));
            }
            require(mailbox).expunge(doomed);
            return true;
        });
    }

    /**
     * Makes the server forget which UIDs were expunged from a mailbox until now. A client that resynchronises from before is told all
     * UIDs that are not in use (RFC 7162 section 3.2.5.1).
     */
    public void forgetExpunges(String mailbox) {
        change(() -> {
            require(mailbox).forgetExpunges();
            return true;
        });
    }

    /** Returns the messages of a mailbox as they are now, in order of UID. */
    public List<ImapTestMessage> messages(String mailbox) {
        return store.call(() ->
                require(mailbox).messages().stream().map(ImapTestMessage::new).toList());
    }

    private <T> T change(Supplier<T> action) {
        List<T> result = new ArrayList<>(1);
        try {
            store.run(() -> result.add(action.get()));
        } catch (CommandRefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return result.get(0);
    }

    private ServerMailbox require(String mailbox) {
        ServerMailbox found = store.find(mailbox);
        if (found == null) {
            throw new IllegalArgumentException("there is no such mailbox; create it with createMailbox");
        }
        return found;
    }

    private ServerMessage require(String mailbox, long uid) {
        ServerMessage message = require(mailbox).message(uid);
        if (message == null) {
            throw new IllegalArgumentException("the mailbox has no message with UID " + uid);
        }
        return message;
    }
}
