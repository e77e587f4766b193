package dev.steadymail.imap;

import dev.steadymail.imap.codec.FetchData;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.imap.command.UidExpunge;
import dev.steadymail.imap.command.UidFetch;
import dev.steadymail.imap.command.UidStore;
import java.util.List;

/**
 * The right to remove one draft: whoever sets its {@code \Deleted} has it, and nobody else. With CONDSTORE the server sees to it that only
 * one of several clients does (RFC 7162 section 3.1.3); without, between looking and setting is a gap of one command. May be
 * {@linkplain #remove run again} after any failure; used by one thread at a time.
 */
final class DraftClaim {
    /** A draft whose other flags somebody changes all the time is given up after so many looks. */
    private static final int MOST_LOOKS = 5;

    private static final String DELETED = "\\Deleted";

    private final ImapEmailId draft;
    private final String uid;
    private boolean unanswered;
    private boolean ours;
    private boolean there;
    private long modSeq;

    DraftClaim(ImapEmailId draft) {
        this.draft = draft;
        this.uid = Long.toString(draft.uid());
    }

    /**
     * Removes the draft for good.
     *
     * @return false where somebody else has changed, sent or removed it, or is about to: then it was left alone
     */
    boolean remove(ImapConnection connection) {
        SelectedMailbox opened = connection.selectCounted(draft.mailbox());
        if (opened.uidValidity() != draft.uidValidity()) {
            return ours;
        }
        boolean counted = opened.highestModSeq() > 0 && connection.can("CONDSTORE");
        for (int look = 0; look < MOST_LOOKS && !ours; look++) {
            look(connection, counted);
            if (!there) {
                // Where the answer to our own mark got lost, it is ours that is seen as far as anybody can tell.
                ours = unanswered;
                break;
            }
            ours = mark(connection, counted);
        }
        if (ours) {
            var unused = connection.run(new UidExpunge(uid));
        }
        return ours;
    }

    private void look(ImapConnection connection, boolean counted) {
        there = false;
        modSeq = 0;
        var unused = connection.run(UidFetch.of(uid, counted ? "UID FLAGS MODSEQ" : "UID FLAGS", this::seen));
    }

    private void seen(Reply reply) {
        FetchData data = ((Response.Fetch) reply.response()).data();
        List<String> flags = data.flags();
        if (data.message().uid() == draft.uid() && flags != null) {
            there = flags.stream().noneMatch(DELETED::equalsIgnoreCase);
            modSeq = data.modSeq();
        }
    }

    /** The server tells the flags of what it marked; of a message that is gone by now it tells nothing. */
    private boolean mark(ImapConnection connection, boolean counted) {
        UidStore store = UidStore.add(uid, List.of(DELETED)).telling(this::seen);
        unanswered = true;
        there = true;
        boolean alone = connection
                .run(counted && modSeq > 0 ? store.unchangedSince(modSeq) : store)
                .isEmpty();
        unanswered = false;
        return alone && !there;
    }
}
