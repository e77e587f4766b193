package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.imap.command.UidStore;
import dev.steadymail.imap.decode.KeywordNames;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.List;
import java.util.Set;

/** Adds and removes keywords by UID STORE (RFC 3501 section 6.4.6); doing it twice is as doing it once. */
final class KeywordChange {
    private final ImapCalls calls;

    KeywordChange(ImapCalls calls) {
        this.calls = calls;
    }

    void apply(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        ImapEmailId.byPlace(ids).forEach((place, uids) -> {
            Boolean unused = calls.read("UID STORE", place.mailbox(), call, connection -> {
                store(connection, place, UidSet.of(uids), add, remove);
                return true;
            });
        });
    }

    private static void store(
            ImapConnection connection, Place place, UidSet uids, Set<Keyword> add, Set<Keyword> remove) {
        SelectedMailbox mailbox = connection.select(place.mailbox());
        if (mailbox.uidValidity() != place.uidValidity()) {
            return;
        }
        requireKept(mailbox, add);
        List<String> added = flags(mailbox, add);
        List<String> removed = flags(mailbox, remove);
        for (String line : connection.lines(uids)) {
            if (!added.isEmpty()) {
                UidSet unused = connection.run(UidStore.add(line, added));
            }
            if (!removed.isEmpty()) {
                UidSet unused = connection.run(UidStore.remove(line, removed));
            }
        }
    }

    static void requireKept(SelectedMailbox mailbox, Set<Keyword> add) {
        for (Keyword keyword : add) {
            if (!mailbox.keeps(KeywordNames.flag(keyword))) {
                throw MailException.of(
                        Kind.UNSUPPORTED, "this mailbox cannot keep that keyword; use one that it has already");
            }
        }
    }

    static List<String> flags(SelectedMailbox mailbox, Set<Keyword> keywords) {
        return keywords.stream()
                .sorted()
                .map(keyword -> mailbox.spelled(KeywordNames.flag(keyword)))
                .toList();
    }
}
