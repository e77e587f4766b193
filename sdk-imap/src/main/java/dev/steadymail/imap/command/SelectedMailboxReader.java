package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SelectedMailbox.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers what is said while a mailbox is selected. Not thread-safe. */
final class SelectedMailboxReader {
    private static final Pattern FLAG = Pattern.compile("[^\\s()]+");
    /** A server may tell in as many responses as it likes; so many are kept before they are put together. */
    private static final int MOST_PIECES = 1_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final String name;
    private final Consumer<Reply> changes;
    private boolean readOnly;
    private long exists;
    private long uidValidity;
    private long uidNext;
    private long highestModSeq;
    private @Nullable String mailboxId;
    private Spelling flags = new Spelling(List.of());
    private @Nullable Spelling permanent;
    private final List<UidSet> vanished = new ArrayList<>();
    private final List<MessageRef> unreadable = new ArrayList<>();

    SelectedMailboxReader(String name, Consumer<Reply> changes) {
        this.name = name;
        this.changes = changes;
    }

    void observe(Reply reply) {
        Response response = reply.response();
        if (response instanceof Response.Exists told) {
            exists = told.count();
        } else if (response instanceof Response.Expunge) {
            exists = Math.max(0, exists - 1);
        } else if (response instanceof Response.Flags told) {
            flags = new Spelling(told.flags());
        } else if (response instanceof Response.Untagged told) {
            said(told);
        } else if (response instanceof Response.Vanished told) {
            vanished(told);
        } else if (response instanceof Response.Fetch told
                && told.data().message().uid() > 0) {
            changes.accept(reply);
        } else if (response instanceof Response.Unreadable told) {
            unreadable(told);
        }
    }

    void said(Response.Untagged told) {
        String code = told.said().code();
        if (told.status() != Response.Status.OK || code == null) {
            return;
        }
        String arguments = told.said().arguments().strip();
        switch (code) {
            case "UIDVALIDITY" -> uidValidity = MailboxCounters.number(arguments, 0);
            case "UIDNEXT" -> uidNext = MailboxCounters.number(arguments, 0);
            case "HIGHESTMODSEQ" -> highestModSeq = MailboxCounters.number(arguments, 0);
            case "NOMODSEQ" -> highestModSeq = 0;
            case "PERMANENTFLAGS" -> permanent = new Spelling(words(FLAG, arguments));
            case "MAILBOXID" ->
                mailboxId = words(ID, arguments).stream().findFirst().orElse(null);
            case "READ-ONLY" -> readOnly = true;
            case "READ-WRITE" -> readOnly = false;
            case "CLOSED" -> forget();
            default -> {
                // Says nothing of the mailbox.
            }
        }
    }

    /** What came before was of the mailbox that was open until now (RFC 7162 section 3.2.11). */
    private void forget() {
        readOnly = false;
        exists = 0;
        uidValidity = 0;
        uidNext = 0;
        highestModSeq = 0;
        mailboxId = null;
        flags = new Spelling(List.of());
        permanent = null;
        vanished.clear();
        unreadable.clear();
    }

    private void vanished(Response.Vanished told) {
        vanished.add(told.uids());
        if (vanished.size() == MOST_PIECES) {
            UidSet together = UidSet.union(vanished);
            vanished.clear();
            vanished.add(together);
        }
        if (!told.earlier()) {
            exists = Math.max(0, exists - told.uids().size());
        }
    }

    private void unreadable(Response.Unreadable told) {
        if (told.keyword().equals("FETCH") || told.keyword().equals("VANISHED")) {
            MessageRef message = told.message();
            if (unreadable.size() == MOST_PIECES) {
                // One that nobody knows stands for all of them.
                unreadable.clear();
                message = null;
            }
            unreadable.add(message == null ? new MessageRef(0, 0) : message);
        }
    }

    private static List<String> words(Pattern word, String text) {
        return word.matcher(text).results().map(MatchResult::group).toList();
    }

    SelectedMailbox read(boolean examined) {
        return new SelectedMailbox(
                name,
                examined || readOnly,
                exists,
                uidValidity,
                uidNext,
                highestModSeq,
                mailboxId,
                flags,
                permanent,
                UidSet.union(vanished),
                unreadable);
    }
}
