package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.decode.HeaderField;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Fingerprint;
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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw messages: small ones many with one command, up to a number of octets and of messages, and handed on while the next command
 * is on its way; big ones piece by piece. A message that spoils its batch is asked for alone, and told as unreadable where that fails, too.
 */
final class RawFetch {
    private static final long PIECEWISE_FROM = 2 << 20;
    /** How many sizes are held at a time. */
    private static final int MOST_SIZES = 20_000;

    /** Sizes are what the server says, and some say less than they send. */
    private static final int LONGEST = 8 << 20;

    private static final String ITEMS = "UID FLAGS INTERNALDATE BODY.PEEK[]";

    private final ImapCalls calls;
    private final EmailFetch states;
    private final MessageSizes sizes;
    private final ImapSettings settings;
    private final Pace pace = new Pace();

    RawFetch(ImapCalls calls, EmailFetch states, SizeMemory sizes, ImapSettings settings) {
        this.calls = calls;
        this.states = states;
        this.sizes = new MessageSizes(calls, sizes);
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
        ImapEmailId.byPlace(ids).forEach((place, uids) -> {
            for (int from = 0; from < uids.size(); from += MOST_SIZES) {
                List<Long> some = uids.subList(from, Math.min(uids.size(), from + MOST_SIZES));
                visit(place, sizes.of(place, some, call), visitor, call);
            }
        });
    }

    /** Whether another message may well be read although this one, or its batch, could not. */
    static boolean isAboutOneMessage(MailException failure) {
        return failure.kind() == Kind.PROTOCOL || failure.kind() == Kind.TOO_LARGE;
    }

    private void visit(Place place, Map<Long, Long> sizesByUid, RawVisitor visitor, Call call) {
        Group group = new Group();
        for (Map.Entry<Long, Long> message : sizesByUid.entrySet()) {
            long uid = message.getKey();
            long size = message.getValue();
            if (size >= PIECEWISE_FROM) {
                visitBig(place, uid, visitor, call);
            } else {
                if (group.isFullWith(size)) {
                    visitGroup(place, group, visitor, call);
                    group = new Group();
                }
                group.add(uid, size);
            }
        }
        visitGroup(place, group, visitor, call);
    }

    private void visitGroup(Place place, Group group, RawVisitor visitor, Call call) {
        if (group.uids.isEmpty()) {
            return;
        }
        Handing handing = new Handing(place, new LinkedHashSet<>(group.uids), visitor);
        try {
            fetch(place, group, handing, call);
        } catch (MailException failure) {
            if (!isAboutOneMessage(failure)) {
                throw failure;
            }
            handing.missAll();
        }
        handing.rethrow();
        handing.missing().forEach(uid -> visitSingle(place, uid, visitor, call));
    }

    private void visitSingle(Place place, long uid, RawVisitor visitor, Call call) {
        Group group = new Group();
        group.add(uid, PIECEWISE_FROM);
        Handing handing = new Handing(place, new LinkedHashSet<>(group.uids), visitor);
        try {
            fetch(place, group, handing, call);
        } catch (MailException failure) {
            if (failure.kind() == Kind.TOO_LARGE) {
                visitBig(place, uid, visitor, call);
            } else {
                tellUnreadable(place.id(uid), failure, visitor);
            }
            return;
        }
        handing.rethrow();
        if (handing.isTooLarge()) {
            visitBig(place, uid, visitor, call);
        } else if (!handing.missing().isEmpty()) {
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
            List<Email> found = states.get(List.of(id), FetchLevel.METADATA, call);
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

    private void fetch(Place place, Group group, Handing handing, Call call) {
        try {
            Boolean unused = calls.download("UID FETCH", place.mailbox(), group.bytes, call, connection -> {
                handing.begin();
                long began = System.nanoTime();
                fetch(connection, place, handing);
                group.came(System.nanoTime() - began);
                return true;
            });
        } catch (MailException failure) {
            if (failure.kind() != Kind.NOT_FOUND) {
                pace.broke();
                throw failure;
            }
        }
    }

    private void fetch(ImapConnection connection, Place place, Handing handing) {
        boolean reused = connection.hasOpen(place.mailbox());
        if (connection.examine(place.mailbox()).uidValidity() != place.uidValidity()) {
            return;
        }
        Set<Long> absent = fetchOpen(connection, connection.lines(UidSet.of(handing.left())), handing);
        // What arrived since this mailbox was opened is not seen through it, and must not be taken for gone.
        if (reused
                && !absent.isEmpty()
                && connection.examineAgain(place.mailbox()).uidValidity() == place.uidValidity()) {
            Set<Long> unused = fetchOpen(connection, connection.lines(UidSet.of(absent)), handing);
        }
    }

    /** Fetches from the mailbox that is open and returns the UIDs of which nothing was heard. */
    private Set<Long> fetchOpen(ImapConnection connection, List<String> sets, Handing handing) {
        Set<Long> asked = handing.left();
        TolerantFetch fetch = new TolerantFetch(connection)
                .roomForEach(LONGEST)
                .run(sets, ITEMS + FetchItems.objectId(connection), handing::take);
        Set<Long> missing = fetch.missing(asked, handing.handedOf(asked));
        handing.miss(missing);
        Set<Long> absent = handing.left();
        absent.removeAll(missing);
        return absent;
    }

    /** Keeps the reason, but not the path that some of Java's messages consist of. */
    private static MailException storage(IOException failure) {
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        String shown = reason == null ? failure.getClass().getSimpleName() : ShownText.of(reason);
        return MailException.of(
                Kind.STORAGE, "a message could not be stored: " + shown + "; check space and rights", failure);
    }

    /** Hands messages on as they come, each once, whatever is fetched again; used by one thread. */
    private static final class Handing {
        private final Place place;
        private final RawVisitor visitor;
        private final Set<Long> left;
        private final Set<Long> missing = new LinkedHashSet<>();
        private boolean tooLarge;
        private @Nullable RuntimeException failure;

        Handing(Place place, Set<Long> uids, RawVisitor visitor) {
            this.place = place;
            this.left = uids;
            this.visitor = visitor;
        }

        /** Another attempt: what was missing may come now. */
        void begin() {
            missing.clear();
        }

        Set<Long> left() {
            return new LinkedHashSet<>(left);
        }

        Set<Long> handedOf(Set<Long> asked) {
            Set<Long> handed = new HashSet<>(asked);
            handed.removeAll(left);
            return handed;
        }

        void miss(Set<Long> uids) {
            missing.addAll(uids);
        }

        void missAll() {
            missing.addAll(left);
        }

        Set<Long> missing() {
            return missing;
        }

        boolean isTooLarge() {
            return tooLarge;
        }

        void take(Fetched fetched) {
            if (failure != null || !left.contains(fetched.uid())) {
                return;
            }
            byte[] octets = FetchItems.body(fetched);
            Email email = FetchItems.email(fetched, place);
            if (octets == null || email == null) {
                tooLarge |= fetched.data().sections().values().stream().anyMatch(section -> section.size() > 0);
                return;
            }
            left.remove(fetched.uid());
            Email exact = Email.state(
                            email.id(), null, email.mailboxIds(), email.keywords(), email.receivedAt(), octets.length)
                    .withFingerprint(fingerprint(email, octets));
            try {
                visitor.message(exact, new ByteArrayInputStream(octets));
            } catch (IOException unstored) {
                failure = storage(unstored);
            } catch (RuntimeException theirs) {
                failure = theirs;
            }
        }

        private static @Nullable Fingerprint fingerprint(Email email, byte[] octets) {
            return email.fingerprint() == null
                    ? Fingerprint.ofMessageId(HeaderField.MESSAGE_ID.find(octets))
                    : email.fingerprint();
        }

        /** What failed is the visitor's, not the server's; the rest of the answer was read for the connection's sake. */
        void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** What one call is to bring. */
    private final class Group {
        private final int factor = pace.factor();
        private final List<Long> uids = new ArrayList<>();
        private long bytes;

        boolean isFullWith(long size) {
            return !uids.isEmpty() && (uids.size() >= mostEmails() || bytes + size > mostBytes());
        }

        void add(long uid, long size) {
            uids.add(uid);
            bytes += size;
        }

        private long mostEmails() {
            return (long) factor * settings.bodyBatchEmails();
        }

        private long mostBytes() {
            return (long) factor * settings.bodyBatchBytes();
        }

        /** Little that came quickly says nothing about more. */
        void came(long nanos) {
            if (2L * uids.size() >= mostEmails() || 2 * bytes >= mostBytes()) {
                pace.took(factor, nanos);
            }
        }
    }
}
