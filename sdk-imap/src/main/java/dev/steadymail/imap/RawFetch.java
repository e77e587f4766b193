package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw messages: small ones many with one command, up to a number of octets and of messages; big ones piece by piece. A
 * message that spoils its batch is asked for alone, and told as unreadable where that fails, too.
 */
final class RawFetch {
    private static final long PIECEWISE_FROM = 2 << 20;
    private static final String ITEMS = " (UID FLAGS INTERNALDATE BODY.PEEK[])";

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
        if (!unknown.isEmpty()) {
            var unused = states.get(unknown, FetchLevel.STATE, call);
        }
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
        Fetched fetched = fetch(place, batch.uids, batch.bytes, call);
        fetched.messages.forEach(message -> message.hand(visitor));
        fetched.missing.forEach(uid -> visitSingle(place, uid, visitor, call));
    }

    private void visitSingle(Place place, long uid, RawVisitor visitor, Call call) {
        Fetched fetched = fetch(place, Set.of(uid), PIECEWISE_FROM, call);
        fetched.messages.forEach(message -> message.hand(visitor));
        if (!fetched.missing.isEmpty()) {
            visitor.unreadable(
                    place.id(uid),
                    MailException.of(
                            Kind.PROTOCOL, "the server cannot deliver this message, or not in a readable way"));
        }
    }

    private void visitBig(Place place, long uid, RawVisitor visitor, Call call) {
        List<Email> state = states.get(List.of(place.id(uid)), FetchLevel.STATE, call);
        if (state.isEmpty()) {
            return;
        }
        try (InputStream content =
                new PartialStream(calls, new ImapEmailId(place.uidValidity(), uid, place.mailbox()), "", call)) {
            visitor.message(state.get(0), content);
        } catch (MailException failure) {
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
        } catch (IOException failure) {
            throw storage(failure);
        }
    }

    private Fetched fetch(Place place, Set<Long> uids, long bytes, Call call) {
        try {
            return calls.download(
                    "UID FETCH", place.mailbox(), bytes, call, connection -> fetch(connection, place, uids));
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                return new Fetched();
            }
            throw failure;
        }
    }

    private static Fetched fetch(ImapConnection connection, Place place, Set<Long> uids) {
        Fetched fetched = new Fetched();
        if (connection.examine(place.mailbox()).uidValidity() != place.uidValidity()) {
            return fetched;
        }
        Set<Long> came = new HashSet<>();
        UidFetch fetch = new UidFetch(connection);
        for (String line : UidSet.of(uids).lines()) {
            fetch.run(line + ITEMS, response -> {
                Message message = uids.contains(FetchItems.uid(response)) ? message(response, place) : null;
                if (message != null && came.add(FetchItems.uid(response))) {
                    fetched.messages.add(message);
                }
            });
        }
        fetched.missing.addAll(fetch.missing(uids, came));
        return fetched;
    }

    private static @Nullable Message message(FetchResponse response, Place place) {
        byte[] octets = FetchItems.body(response);
        Email email = FetchItems.email(response, place);
        if (octets == null || email == null) {
            return null;
        }
        Email exact =
                Email.state(email.id(), null, email.mailboxIds(), email.keywords(), email.receivedAt(), octets.length);
        return new Message(exact, octets);
    }

    /** Where the visitor's own failure, and not ours, ended the call. */
    private static MailException storage(IOException failure) {
        if (failure.getCause() instanceof MailException ours) {
            return ours;
        }
        return MailException.of(Kind.STORAGE, "a message could not be stored; check space and rights", failure);
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
    private static final class Fetched {
        private final List<Message> messages = new ArrayList<>();
        private final Set<Long> missing = new LinkedHashSet<>();
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
