package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.decode.EnvelopeDecoder;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads emails at a level, many with one command; those that cannot be read come one by one with less asked. */
final class EmailFetch {
    private static final int MOST_PER_COMMAND = 500;
    /** What one message says of its header beside the ENVELOPE must not use up the room of others. */
    private static final int LONGEST_HEADER = 64 << 10;

    private final ImapCalls calls;
    private final SizeMemory sizes;

    EmailFetch(ImapCalls calls, SizeMemory sizes) {
        this.calls = calls;
        this.sizes = sizes;
    }

    List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        Map<EmailId, Email> found = new HashMap<>();
        ImapEmailId.byPlace(ids).forEach((place, uids) -> {
            for (int from = 0; from < uids.size(); from += MOST_PER_COMMAND) {
                List<Long> some = uids.subList(from, Math.min(uids.size(), from + MOST_PER_COMMAND));
                fetch(place, new LinkedHashSet<>(some), level, call).forEach(email -> found.put(email.id(), email));
            }
        });
        List<Email> ordered = new ArrayList<>();
        for (EmailId id : ids) {
            Email email = found.get(id);
            if (email != null) {
                ordered.add(email);
            }
        }
        return ordered;
    }

    private List<Email> fetch(Place place, Set<Long> uids, FetchLevel level, Call call) {
        try {
            return calls.read("UID FETCH", place.mailbox(), call, connection -> fetch(connection, place, uids, level));
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw failure;
        }
    }

    private List<Email> fetch(ImapConnection connection, Place place, Set<Long> uids, FetchLevel level) {
        boolean reused = connection.hasOpen(place.mailbox());
        if (connection.examine(place.mailbox()).uidValidity() != place.uidValidity()) {
            return List.of();
        }
        List<Email> emails = fetchOpen(connection, place, uids, level);
        Set<Long> absent = absent(uids, emails, place);
        // What arrived since this mailbox was opened is not seen through it, and must not be taken for gone.
        if (reused
                && !absent.isEmpty()
                && connection.examineAgain(place.mailbox()).uidValidity() == place.uidValidity()) {
            emails.addAll(fetchOpen(connection, place, absent, level));
        }
        return emails;
    }

    private static Set<Long> absent(Set<Long> uids, List<Email> emails, Place place) {
        Set<EmailId> came = new HashSet<>();
        emails.forEach(email -> came.add(email.id()));
        Set<Long> absent = new LinkedHashSet<>(uids);
        absent.removeIf(uid -> came.contains(place.id(uid)));
        return absent;
    }

    /** Fetches from the mailbox that is open. */
    List<Email> fetchOpen(ImapConnection connection, Place place, Set<Long> uids, FetchLevel level) {
        List<Email> emails = new ArrayList<>();
        Set<Long> came = new HashSet<>();
        TolerantFetch batch = new TolerantFetch(connection)
                .roomForEach(LONGEST_HEADER)
                .run(UidSet.of(uids), FetchItems.of(level, connection), response -> {
                    long uid = response.uid();
                    Email email = uids.contains(uid) ? FetchItems.email(response, place) : null;
                    if (email != null && response.size() >= 0 && came.add(uid)) {
                        sizes.remember(email.id(), email.size());
                        emails.add(email);
                    }
                });
        for (long uid : batch.missing(uids, came)) {
            Email single = fetchSingle(connection, place, uid, level);
            if (single != null) {
                emails.add(single);
            }
        }
        return emails;
    }

    /** Asks for less and less, down to what needs no look at the message; the envelope comes from the header itself. */
    private static @Nullable Email fetchSingle(ImapConnection connection, Place place, long uid, FetchLevel level) {
        for (String items : List.of(FetchItems.STATE + " BODY.PEEK[HEADER]", FetchItems.STATE, "UID FLAGS")) {
            if (level == FetchLevel.STATE && items.contains("HEADER")) {
                continue;
            }
            List<Email> emails = new ArrayList<>();
            TolerantFetch fetch = new TolerantFetch(connection).run(Long.toString(uid), items, response -> {
                Email email = response.uid() == uid ? FetchItems.email(response, place) : null;
                if (email != null) {
                    emails.add(withHeader(email, response));
                }
            });
            if (!emails.isEmpty() || fetch.missing(Set.of(uid), Set.of()).isEmpty()) {
                return emails.isEmpty() ? null : emails.get(0);
            }
        }
        throw MailException.of(Kind.PROTOCOL, "the server does not tell the state of an email that is there");
    }

    private static Email withHeader(Email email, Fetched response) {
        byte[] header = FetchItems.body(response);
        if (header == null) {
            return email;
        }
        return new Email(
                email.id(),
                null,
                null,
                email.mailboxIds(),
                email.keywords(),
                email.receivedAt(),
                email.size(),
                EnvelopeDecoder.decode(header),
                null,
                email.fingerprint(),
                null);
    }
}
