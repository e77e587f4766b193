package dev.steadymail;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import dev.steadymail.query.EmailQuery;

/**
 * The drafts of one account. A draft is an email in the mailbox with role drafts, and its id is the draft's handle; since an email
 * never changes, replacing a draft's message makes it another email with another id. Thread-safe; nothing is kept between calls.
 *
 * <p>An id that names no draft now is kind CONFLICT: somebody else, or another call, has changed, sent or removed the draft since, or it
 * never was one; no provider can tell these apart for sure. Nothing of theirs is overwritten, and nothing of ours was kept: list the
 * drafts again, and then replace or create one. How little time a provider leaves between looking and writing, is told with {@link
 * #replace}.
 *
 * <p>Every method fails with kind UNSUPPORTED without capability DRAFTS.
 */
public final class Drafts {
    private final MailView view;

    Drafts(MailView view) {
        this.view = view;
    }

    /**
     * Returns the drafts, newest first, read page by page while they are walked through.
     *
     * @throws MailException NOT_FOUND where the account has no mailbox with role drafts
     */
    public EmailResults list() {
        return view.emails().query(EmailQuery.in(Role.DRAFTS).newestFirst());
    }

    /**
     * Keeps a message as a draft. After a failure that {@linkplain MailException#mayHaveTakenEffect() may have taken effect}, look for
     * it among the drafts before keeping it again.
     *
     * @return its handle
     */
    public EmailId create(RawContent content) {
        return view.provider().createDraft(content, view.call());
    }

    /** Keeps an email as a draft, as {@link #create(RawContent)}; STORAGE where an attachment cannot be read. */
    public EmailId create(OutgoingEmail email) {
        return create(view.provider().compose(email));
    }

    /** Puts an email in place of a draft's message, as {@link #replace(EmailId, RawContent)}. */
    public EmailId replace(EmailId draft, OutgoingEmail email) {
        return replace(draft, view.provider().compose(email));
    }

    /**
     * Puts another message in place of a draft's. Of two clients that replace one draft at the same time, one gets CONFLICT and its message
     * is not kept, on IMAP with CONDSTORE to the last moment. On IMAP without it, two that meet within one command leave both messages as
     * drafts; on Gmail the later of two that meet within one request replaces the other's message unseen.
     *
     * @return its new handle; the old one names nothing any more
     * @throws MailException CONFLICT where the id names no draft now. Where that {@linkplain MailException#mayHaveTakenEffect() may have
     *     taken effect}, the message could not be taken away again and is a draft of its own.
     */
    public EmailId replace(EmailId draft, RawContent content) {
        return view.provider().replaceDraft(draft, content, view.call());
    }

    /**
     * Sends a draft, which ends it; never twice.
     *
     * @throws MailException where nothing was sent, for sure: UNSUPPORTED without capability SEND, CONFLICT where the id names no draft now
     */
    public SendResult send(EmailId draft) {
        return view.provider().sendDraft(draft, view.call());
    }

    /**
     * Removes a draft for good.
     *
     * @throws MailException CONFLICT where the id names no draft now
     */
    public void discard(EmailId draft) {
        view.provider().destroyDraft(draft, view.call());
    }
}
