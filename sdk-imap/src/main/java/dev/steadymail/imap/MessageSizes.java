package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long messages are, as far as it was seen lately, else as the server says. */
final class MessageSizes {
    private static final int MOST_AT_ONCE = 5_000;
    /** Counted as if it were octets: there are servers that compose a message to know its size. */
    private static final long OCTETS_PER_SIZE = 1_000;

    private final ImapCalls calls;
    private final SizeMemory seen;

    MessageSizes(ImapCalls calls, SizeMemory seen) {
        this.calls = calls;
        this.seen = seen;
    }

    /** Returns a size for each UID, in their order; 0 where the server does not tell, as of an email that is gone or cannot be read. */
    Map<Long, Long> of(Place place, List<Long> uids, Call call) {
        Map<Long, Long> sizes = new LinkedHashMap<>();
        List<Long> unknown = new ArrayList<>();
        for (long uid : uids) {
            Long size = seen.of(place.id(uid));
            sizes.put(uid, size == null ? 0 : size);
            if (size == null) {
                unknown.add(uid);
            }
        }
        try {
            for (int from = 0; from < unknown.size(); from += MOST_AT_ONCE) {
                ask(place, unknown.subList(from, Math.min(unknown.size(), from + MOST_AT_ONCE)), sizes, call);
            }
        } catch (MailException failure) {
            // Without sizes messages are read all the same, and told one by one where that fails.
            if (!RawFetch.isAboutOneMessage(failure) && failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
        }
        return sizes;
    }

    private void ask(Place place, List<Long> uids, Map<Long, Long> sizes, Call call) {
        long octets = OCTETS_PER_SIZE * uids.size();
        Boolean unused = calls.download("UID FETCH", place.mailbox(), octets, call, connection -> {
            if (connection.examine(place.mailbox()).uidValidity() == place.uidValidity()) {
                TolerantFetch asked = new TolerantFetch(connection);
                TolerantFetch answered = asked.run(UidSet.of(uids), "UID RFC822.SIZE", told -> note(told, sizes));
                return answered.isComplete();
            }
            return false;
        });
    }

    private static void note(Fetched told, Map<Long, Long> sizes) {
        sizes.computeIfPresent(told.uid(), (uid, before) -> Math.max(before, told.size()));
    }
}
