package dev.steadymail;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import dev.steadymail.query.EmailQuery;

/**
 * The drafts of one account. A draft is an email in the mailbox with role drafts, and its id is the draft's handle; since an email
 * never changes, replacing a draft's message makes it another email with another id. Thread-safe; nothing is kept between calls.
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

    /**
     * Puts another message in place of a draft's.
     *
     * @return its new handle; the old one names nothing any more
     * @throws MailException NOT_FOUND where no draft has that id
     */
    public EmailId replace(EmailId draft, RawContent content) {
        return view.provider().replaceDraft(draft, content, view.call());
    }

    /**
     * Sends a draft, which ends it; never twice.
     *
     * @throws MailException where nothing was sent, for sure: UNSUPPORTED without capability SEND, NOT_FOUND where no draft has that id
     */
    public SendResult send(EmailId draft) {
        return view.provider().sendDraft(draft, view.call());
    }

    /**
     * Removes a draft for good.
     *
     * @throws MailException NOT_FOUND where no draft has that id
     */
    public void discard(EmailId draft) {
        view.provider().destroyDraft(draft, view.call());
    }
}
