package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.RawVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw messages: small ones many with one command, up to a number of octets and of messages; big ones piece by piece. A
 * message that spoils its batch is asked for alone, and told as unreadable where that fails, too.
 */
final class RawFetch {
    private static final long PIECEWISE_FROM = 2 << 20;
    private static final String ITEMS = "UID FLAGS INTERNALDATE BODY.PEEK[]";

    private final ImapCalls calls;
    private final EmailFetch states;
    private final SizeMemory sizes;
    private final ImapSettings settings;

    RawFetch(ImapCalls calls, EmailFetch states, SizeMemory sizes, ImapSettings settings) {
        this.calls = calls;
        this.states = states;
        this.sizes = sizes;
        this.settings = settings;
    }

    InputStream open(EmailId id, Call call) {
        ImapEmailId parts = ImapEmailId.parse(id);
        if (parts == null) {
            throw MailException.of(Kind.NOT_FOUND, "the id is not of an IMAP account");
        }
        return new PartialStream(calls, parts, "", call);
    }

    void visit(List<EmailId> ids, RawVisitor visitor, Call call) {
        learnSizes(ids, call);
        ImapEmailId.byPlace(ids).forEach((place, uids) -> visit(place, new LinkedHashSet<>(uids), visitor, call));
    }

    private void learnSizes(List<EmailId> ids, Call call) {
        List<EmailId> unknown = ids.stream().filter(id -> sizes.of(id) == null).toList();
        try {
            var unused = states.get(unknown, FetchLevel.STATE, call);
        } catch (MailException failure) {
            // Without sizes messages are read all the same, and told one by one where that fails.
            if (!isAboutOneMessage(failure)) {
                throw failure;
            }
        }
    }

    /** Whether another message may well be read although this one, or its batch, could not. */
    private static boolean isAboutOneMessage(MailException failure) {
        return failure.kind() == Kind.PROTOCOL || failure.kind() == Kind.TOO_LARGE;
    }

    private void visit(Place place, Set<Long> uids, RawVisitor visitor, Call call) {
        Batch batch = new Batch();
        for (long uid : uids) {
            // A size that the server did not tell belongs to an email that is gone, or cannot be read.
            Long told = sizes.of(place.id(uid));
            long size = told == null ? 0 : told;
            if (size >= PIECEWISE_FROM) {
                visitBig(place, uid, visitor, call);
            } else {
                if (batch.isFullWith(size)) {
                    visitBatch(place, batch, visitor, call);
                    batch = new Batch();
                }
                batch.add(uid, size);
            }
        }
        visitBatch(place, batch, visitor, call);
    }

    private void visitBatch(Place place, Batch batch, RawVisitor visitor, Call call) {
        if (batch.uids.isEmpty()) {
            return;
        }
        Taken fetched;
        try {
            fetched = fetch(place, batch.uids, batch.bytes, call);
        } catch (MailException failure) {
            if (!isAboutOneMessage(failure)) {
                throw failure;
            }
            fetched = new Taken();
            fetched.missing.addAll(batch.uids);
        }
        fetched.messages.forEach(message -> message.hand(visitor));
        fetched.missing.forEach(uid -> visitSingle(place, uid, visitor, call));
    }

    private void visitSingle(Place place, long uid, RawVisitor visitor, Call call) {
        Taken fetched;
        try {
            fetched = fetch(place, Set.of(uid), PIECEWISE_FROM, call);
        } catch (MailException failure) {
            if (failure.kind() == Kind.TOO_LARGE) {
                visitBig(place, uid, visitor, call);
            } else {
                tellUnreadable(place.id(uid), failure, visitor);
            }
            return;
        }
        fetched.messages.forEach(message -> message.hand(visitor));
        if (!fetched.missing.isEmpty()) {
            visitor.unreadable(
                    place.id(uid),
                    MailException.of(
                            Kind.PROTOCOL, "the server cannot deliver this message, or not in a readable way"));
        }
    }

    private static void tellUnreadable(EmailId id, MailException failure, RawVisitor visitor) {
        if (!isAboutOneMessage(failure)) {
            throw failure;
        }
        visitor.unreadable(id, failure);
    }

    private void visitBig(Place place, long uid, RawVisitor visitor, Call call) {
        EmailId id = place.id(uid);
        Email state;
        PartialStream content;
        try {
            List<Email> found = states.get(List.of(id), FetchLevel.STATE, call);
            if (found.isEmpty()) {
                return;
            }
            state = found.get(0);
            content = new PartialStream(calls, new ImapEmailId(place.uidValidity(), uid, place.mailbox()), "", call);
        } catch (MailException failure) {
            tellUnlessGone(id, failure, visitor);
            return;
        }
        hand(state, content, visitor);
    }

    private static void hand(Email email, PartialStream octets, RawVisitor visitor) {
        try (InputStream content = octets) {
            visitor.message(email, content);
        } catch (IOException failure) {
            if (failure.getCause() instanceof MailException ours) {
                tellUnlessGone(email.id(), ours, visitor);
            } else {
                throw storage(failure);
            }
        }
    }

    private static void tellUnlessGone(EmailId id, MailException failure, RawVisitor visitor) {
        if (failure.kind() != Kind.NOT_FOUND) {
            tellUnreadable(id, failure, visitor);
        }
    }

    private Taken fetch(Place place, Set<Long> uids, long bytes, Call call) {
        try {
            return calls.download(
                    "UID FETCH", place.mailbox(), bytes, call, connection -> fetch(connection, place, uids));
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                return new Taken();
            }
            throw failure;
        }
    }

    private Taken fetch(ImapConnection connection, Place place, Set<Long> uids) {
        Taken fetched = new Taken();
        boolean reused = connection.hasOpen(place.mailbox());
        if (connection.examine(place.mailbox()).uidValidity() != place.uidValidity()) {
            return fetched;
        }
        Set<Long> absent = fetchOpen(connection, place, uids, fetched);
        // What arrived since this mailbox was opened is not seen through it, and must not be taken for gone.
        if (reused
                && !absent.isEmpty()
                && connection.examineAgain(place.mailbox()).uidValidity() == place.uidValidity()) {
            Set<Long> unused = fetchOpen(connection, place, absent, fetched);
        }
        return fetched;
    }

    /** Fetches from the mailbox that is open and returns the UIDs of which nothing was heard. */
    private Set<Long> fetchOpen(ImapConnection connection, Place place, Set<Long> uids, Taken fetched) {
        long most = 2L * settings.bodyBatchBytes();
        Set<Long> came = new HashSet<>();
        TolerantFetch fetch = new TolerantFetch(connection).room(most).run(UidSet.of(uids), ITEMS, response -> {
            Message message = uids.contains(response.uid()) ? message(response, place) : null;
            if (message != null && fetched.hasRoomFor(message, most) && came.add(response.uid())) {
                fetched.add(message);
            }
        });
        Set<Long> missing = fetch.missing(uids, came);
        fetched.missing.addAll(missing);
        Set<Long> absent = new LinkedHashSet<>(uids);
        absent.removeAll(came);
        absent.removeAll(missing);
        return absent;
    }

    private static @Nullable Message message(Fetched response, Place place) {
        byte[] octets = FetchItems.body(response);
        Email email = FetchItems.email(response.data(), place);
        if (octets == null || email == null) {
            return null;
        }
        Email exact =
                Email.state(email.id(), null, email.mailboxIds(), email.keywords(), email.receivedAt(), octets.length);
        return new Message(exact, octets);
    }

    /** Keeps the reason, but not the path that some of Java's messages consist of. */
    private static MailException storage(IOException failure) {
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        String shown = reason == null ? failure.getClass().getSimpleName() : ResponseClassifier.quote(reason);
        return MailException.of(
                Kind.STORAGE, "a message could not be stored: " + shown + "; check space and rights", failure);
    }

    private static final class Message {
        private final Email email;
        private final byte[] octets;

        Message(Email email, byte[] octets) {
            this.email = email;
            this.octets = octets;
        }

        void hand(RawVisitor visitor) {
            try {
                visitor.message(email, new ByteArrayInputStream(octets));
            } catch (IOException failure) {
                throw storage(failure);
            }
        }
    }

    /** What one command brought. */
    private static final class Taken {
        private final List<Message> messages = new ArrayList<>();
        private final Set<Long> missing = new LinkedHashSet<>();
        private long bytes;

        /** Sizes are the server's word; where it was wrong, what is too much is asked for again alone. */
        boolean hasRoomFor(Message message, long most) {
            return messages.isEmpty() || bytes + message.octets.length <= most;
        }

        void add(Message message) {
            messages.add(message);
            bytes += message.octets.length;
        }
    }

    /** What one command is to bring. */
    private final class Batch {
        private final Set<Long> uids = new LinkedHashSet<>();
        private long bytes;

        boolean isFullWith(long size) {
            return uids.size() >= settings.bodyBatchEmails()
                    || (!uids.isEmpty() && bytes + size > settings.bodyBatchBytes());
        }

        void add(long uid, long size) {
            uids.add(uid);
            bytes += size;
        }
    }
}
