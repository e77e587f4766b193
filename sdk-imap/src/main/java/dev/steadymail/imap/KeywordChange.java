package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        store(connection, uids, "+FLAGS.SILENT", flags(mailbox, add));
        store(connection, uids, "-FLAGS.SILENT", flags(mailbox, remove));
    }

    /** Stores a list of flags on UIDs of the mailbox that is open. */
    static void store(ImapConnection connection, UidSet uids, String how, String flags) {
        if (flags.isEmpty()) {
            return;
        }
        for (String line : uids.lines()) {
            ResponseCode unused =
                    connection.command("UID STORE", Arguments.atoms(line + " " + how + " (" + flags + ")"));
        }
    }

    private static void requireKept(SelectedMailbox mailbox, Set<Keyword> add) {
        for (Keyword keyword : add) {
            if (!mailbox.keeps(Flags.flag(keyword))) {
                throw MailException.of(
                        Kind.UNSUPPORTED, "this mailbox cannot keep that keyword; use one that it has already");
            }
        }
    }

    private static String flags(SelectedMailbox mailbox, Set<Keyword> keywords) {
        return keywords.stream()
                .sorted()
                .map(keyword -> mailbox.spelled(Flags.flag(keyword)))
                .collect(Collectors.joining(" "));
    }
}
