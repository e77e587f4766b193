package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SearchKeys;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.Call;
import java.util.List;
import java.util.Set;

/**
 * The mailbox with role drafts: a draft is put there by APPEND, and replaced by appending the new one before the old one is removed,
 * so that a cut leaves two rather than none. Where somebody else was first at the old one, the new one is taken away again.
 */
final class DraftBox {
    private static final Set<Keyword> MARKS = Set.of(Keyword.DRAFT, Keyword.SEEN);

    private final ImapCalls calls;

    DraftBox(ImapCalls calls) {
        this.calls = calls;
    }

    EmailId create(RawContent content, Call call) {
        requireUidPlus(call);
        return add(content, drafts(call), call);
    }

    EmailId replace(EmailId draft, RawContent content, Call call) {
        ImapEmailId old = require(draft, call);
        EmailId replaced = add(content, new MailboxId(old.mailbox()), call);
        if (!removed(old, call)) {
            takeBack(replaced, call);
            throw stale().build();
        }
        return replaced;
    }

    void destroy(EmailId draft, Call call) {
        ImapEmailId old = require(draft, call);
        if (!remove(new DraftClaim(old), old.mailbox(), call)) {
            throw stale().build();
        }
    }

    private boolean removed(ImapEmailId old, Call call) {
        try {
            return remove(new DraftClaim(old), old.mailbox(), call);
        } catch (MailException failure) {
            throw failure.toBuilder().mayHaveTakenEffect(true).build();
        }
    }

    private boolean remove(DraftClaim claim, String mailbox, Call call) {
        return calls.read("UID EXPUNGE", mailbox, call, claim::remove);
    }

    private void takeBack(EmailId ours, Call call) {
        try {
            new EmailRemoval(calls).destroy(List.of(ours), call);
        } catch (MailException left) {
            throw stale().cause(left).mayHaveTakenEffect(true).build();
        }
    }

    private EmailId add(RawContent content, MailboxId drafts, Call call) {
        return new EmailAppend(calls).add(content, EmailImport.into(drafts).with(MARKS), call);
    }

    private void requireUidPlus(Call call) {
        boolean can = calls.read("CAPABILITY", null, call, connection -> connection.can("UIDPLUS"));
        if (!can) {
            throw Capability.DRAFTS.missing();
        }
    }

    private MailboxId drafts(Call call) {
        return calls.read("LIST", null, call, MailboxList::fetch).stream()
                .filter(mailbox -> mailbox.role() == Role.DRAFTS)
                .findFirst()
                .orElseThrow(() -> MailException.of(
                        Kind.NOT_FOUND, "the account has no mailbox with role drafts; create one called Drafts"))
                .id();
    }

    /**
     * Returns where a draft is, as long as it is there and nobody is about to remove it.
     *
     * @throws MailException of kind CONFLICT where it is not
     */
    ImapEmailId require(EmailId draft, Call call) {
        requireUidPlus(call);
        MailboxId drafts = drafts(call);
        ImapEmailId id = ImapEmailId.parse(draft);
        boolean there = id != null
                && id.mailbox().equals(drafts.value())
                && calls.read("UID SEARCH", drafts.value(), call, connection -> holds(connection, id));
        if (id == null || !there) {
            throw stale().build();
        }
        return id;
    }

    private static MailException.Builder stale() {
        return MailException.builder(
                        Kind.CONFLICT,
                        "no draft has this id now: it was changed, sent or removed elsewhere; list the drafts again")
                .permanent();
    }

    private static boolean holds(ImapConnection connection, ImapEmailId id) {
        if (connection.examineAgain(id.mailbox()).uidValidity() != id.uidValidity()) {
            return false;
        }
        UidSet found =
                connection.search(SearchKeys.ALL.uids(Long.toString(id.uid())).key("UNDELETED"));
        return !found.isEmpty();
    }
}
