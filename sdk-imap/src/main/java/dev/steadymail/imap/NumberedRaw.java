package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SearchKeys;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw messages by the ids of Gmail's API: the same 64-bit number that IMAP tells as X-GM-MSGID, there in hexadecimal, here in
 * decimal (X-GM-EXT-1). Each message is in one of "All Mail", "Spam" and "Trash". Their numbers are asked for in windows, and only those
 * of what is new since. Thread-safe.
 */
final class NumberedRaw implements BulkReader {
    /** More messages than this, in all three, are not kept; they are not found. */
    private static final int MOST = 1_000_000;

    private static final int WINDOW = 5_000;
    private static final int OCTETS_EACH = 80;
    private static final List<Role> PLACES = List.of(Role.ALL, Role.JUNK, Role.TRASH);

    private final ImapCalls calls;
    private final RawFetch raw;
    private final ReentrantLock lock = new ReentrantLock();
    /** By mailbox, in the order in which to look; guarded by the lock. */
    private final Map<String, NumberTable> tables = new LinkedHashMap<>();

    NumberedRaw(ImapCalls calls, RawFetch raw) {
        this.calls = calls;
        this.raw = raw;
    }

    @Override
    public void read(List<EmailId> ids, RawVisitor visitor, Call call) {
        Map<Long, EmailId> wanted = new LinkedHashMap<>();
        for (EmailId id : ids) {
            Long number = number(id);
            if (number != null) {
                wanted.put(number, id);
            }
        }
        for (String mailbox : wanted.isEmpty() ? List.<String>of() : places(call)) {
            if (!wanted.isEmpty()) {
                Map<EmailId, EmailId> found = find(mailbox, wanted, call);
                raw.visit(List.copyOf(found.keySet()), new Renaming(found, visitor), call);
            }
        }
    }

    /** Returns the number of an id of the API's, null for any other text. */
    private static @Nullable Long number(EmailId id) {
        try {
            return Long.parseUnsignedLong(id.value(), 16);
        } catch (NumberFormatException other) {
            return null;
        }
    }

    private List<String> places(Call call) {
        return locked(call, () -> {
            if (tables.isEmpty()) {
                calls.read("LIST", null, call, NumberedRaw::list).forEach(name -> tables.put(name, new NumberTable()));
            }
            return List.copyOf(tables.keySet());
        });
    }

    private static List<String> list(ImapConnection connection) {
        if (!connection.can("X-GM-EXT-1")) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "the server does not tell X-GM-MSGID, as Gmail's does; open the account without it");
        }
        List<Mailbox> mailboxes = MailboxList.fetch(connection);
        List<String> names = PLACES.stream()
                .map(role -> name(mailboxes, role))
                .filter(Objects::nonNull)
                .toList();
        if (name(mailboxes, Role.ALL) == null) {
            throw MailException.of(
                    Kind.UNSUPPORTED, "All Mail is not shown in IMAP; show it in Gmail's settings, under Labels");
        }
        return names;
    }

    private static @Nullable String name(List<Mailbox> mailboxes, Role role) {
        Predicate<Mailbox> has = mailbox -> mailbox.role() == role;
        return mailboxes.stream()
                .filter(has)
                .map(mailbox -> mailbox.id().value())
                .findFirst()
                .orElse(null);
    }

    /** Takes what is in a mailbox out of what is wanted; returns the ids by those of this provider. */
    private Map<EmailId, EmailId> find(String mailbox, Map<Long, EmailId> wanted, Call call) {
        return locked(call, () -> {
            NumberTable table = tables.get(mailbox);
            if (table == null) {
                return Map.of();
            }
            askForNew(mailbox, table, call);
            Place place = new Place(mailbox, table.uidValidity());
            Map<EmailId, EmailId> found = new LinkedHashMap<>();
            wanted.entrySet().removeIf(email -> {
                long uid = table.uid(email.getKey());
                return uid != 0 && found.put(place.id(uid), email.getValue()) == null;
            });
            return found;
        });
    }

    /** The mailbox is opened anew, so that nothing is read from a view older than the call. One that is gone holds nothing. */
    private void askForNew(String mailbox, NumberTable table, Call call) {
        try {
            UidSet fresh = calls.read("UID SEARCH", mailbox, call, connection -> newUids(connection, mailbox, table));
            long[] uids = fresh.ascending().limit(Math.max(0, MOST - size())).toArray();
            for (int from = 0; from < uids.length; from += WINDOW) {
                int to = Math.min(uids.length, from + WINDOW);
                ask(mailbox, table, UidSet.of(Arrays.copyOfRange(uids, from, to)), call);
            }
        } catch (MailException failure) {
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
            tables.clear();
        }
    }

    private int size() {
        return tables.values().stream().mapToInt(NumberTable::size).sum();
    }

    private static UidSet newUids(ImapConnection connection, String mailbox, NumberTable table) {
        SelectedMailbox open = connection.examineAgain(mailbox);
        table.under(open.uidValidity());
        long last = table.lastUid();
        if (open.exists() == 0 || (open.uidNext() > 0 && open.uidNext() <= last + 1)) {
            return UidSet.EMPTY;
        }
        UidSet found = connection.search(SearchKeys.ALL.uids((last + 1) + ":*"));
        // The last message matches whatever its UID is (RFC 3501 section 6.4.8).
        return UidSet.of(found.ascending().filter(uid -> uid > last).toArray());
    }

    private void ask(String mailbox, NumberTable table, UidSet uids, Call call) {
        long octets = OCTETS_EACH * uids.size();
        Map<Long, Long> told = calls.download("UID FETCH", mailbox, octets, call, connection -> {
            Map<Long, Long> byNumber = new HashMap<>();
            if (connection.examine(mailbox).uidValidity() == table.uidValidity()) {
                TolerantFetch unused = new TolerantFetch(connection)
                        .run(uids, "UID X-GM-MSGID", fetched -> note(fetched, uids, byNumber));
            }
            return byNumber;
        });
        table.add(told, uids.last());
    }

    private static void note(Fetched fetched, UidSet asked, Map<Long, Long> byNumber) {
        String number = fetched.data().items().get("X-GM-MSGID");
        if (number != null && asked.contains(fetched.uid())) {
            try {
                byNumber.put(Long.parseUnsignedLong(number), fetched.uid());
            } catch (NumberFormatException odd) {
                // Not found here, and so read by whoever has it.
                return;
            }
        }
    }

    @Override
    public void forget() {
        // A reading that is looking meanwhile keeps them.
        if (lock.tryLock()) {
            try {
                tables.clear();
            } finally {
                lock.unlock();
            }
        }
    }

    private <T> T locked(Call call, Supplier<T> work) {
        try {
            if (!lock.tryLock(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw MailException.of(
                        Kind.DEADLINE, "another reading of this account looked for its messages until the deadline");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Tells of messages by the ids that they were asked for. */
    private record Renaming(Map<EmailId, EmailId> ids, RawVisitor visitor) implements RawVisitor {
        @Override
        public void message(Email email, InputStream content) throws IOException {
            EmailId id = ids.get(email.id());
            if (id != null) {
                visitor.message(
                        Email.state(id, null, email.mailboxIds(), email.keywords(), email.receivedAt(), email.size()),
                        content);
            }
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            EmailId known = ids.get(id);
            if (known != null) {
                visitor.unreadable(known, reason);
            }
        }
    }
}
