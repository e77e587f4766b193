package dev.steadymail.provider;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import java.util.List;

/**
 * The half of a {@link MailProvider} that adds and sends: mailboxes, imports, drafts. Each part has a capability, and fails with kind
 * UNSUPPORTED without it. Nothing that would leave a second message behind is repeated after an unclear end: such a failure says so by
 * {@link MailException#mayHaveTakenEffect()}.
 */
public interface MailWriter {
    /**
     * Creates a mailbox, and where the provider needs them, those above it. Capability MAILBOX_EDITING.
     *
     * @param path names from the root down, at least one, none of them blank
     * @return the mailbox as it is now
     * @throws MailException CONFLICT where there is one of that name, INVALID for a name that cannot be, FORBIDDEN where the account
     *     must not
     */
    default Mailbox createMailbox(List<String> path, Call call) {
        throw Capability.MAILBOX_EDITING.missing();
    }

    /**
     * Renames a mailbox, and where names tell what is below, those below it. Ids of mailboxes and emails may change. Capability
     * MAILBOX_EDITING.
     *
     * @param path the new names from the root down, at least one, none of them blank
     * @return the mailbox as it is now
     * @throws MailException CONFLICT where there is one of the new name, INVALID for a name that cannot be, FORBIDDEN for the inbox
     *     and others whose role keeps their name, NOT_FOUND where it is gone
     */
    default Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        throw Capability.MAILBOX_EDITING.missing();
    }

    /**
     * Removes a mailbox: where an email is in one mailbox only, with the emails that are in it; elsewhere these only leave it.
     * Mailboxes below stay. Capability MAILBOX_EDITING.
     *
     * @throws MailException FORBIDDEN for the inbox and others whose role keeps them, NOT_FOUND where it is gone
     */
    default void destroyMailbox(MailboxId id, Call call) {
        throw Capability.MAILBOX_EDITING.missing();
    }

    /**
     * Adds a message without sending it. Capability IMPORT. Never repeated after an unclear end.
     *
     * @throws MailException NOT_FOUND for a mailbox that is not there, TOO_LARGE, INVALID for a message that the provider does not
     *     take, UNSUPPORTED for several mailboxes, a keyword or a time that cannot be kept, STORAGE where the content cannot be read
     */
    default EmailId importEmail(RawContent content, EmailImport into, Call call) {
        throw Capability.IMPORT.missing();
    }

    /**
     * Writes an email as a message that {@link #send} and the methods for drafts take; Bcc is in it, for those who must know whom it
     * goes to. Does no I/O but reading the attachments. Capability SEND or DRAFTS.
     *
     * @throws MailException STORAGE where an attachment cannot be read, TOO_LARGE
     */
    default RawContent compose(OutgoingEmail email) {
        throw Capability.SEND.missing();
    }

    /**
     * Sends a message to those that its To, Cc and Bcc fields name; Bcc does not leave. Capability SEND. Never repeated after an
     * unclear end, which is {@link SendResult.Unknown}.
     *
     * @param submission the message; {@link Submission#leaving} is called before it can no longer be taken back
     * @throws MailException where nothing was sent, for sure
     */
    default SendResult send(Submission submission, Call call) {
        throw Capability.SEND.missing();
    }

    /**
     * Keeps a message as a draft. Capability DRAFTS. Never repeated after an unclear end.
     *
     * @return its handle until it is replaced or sent
     */
    default EmailId createDraft(RawContent content, Call call) {
        throw Capability.DRAFTS.missing();
    }

    /**
     * Puts another message in place of a draft's: an email never changes, so the draft is another email afterwards (RFC 8621 section
     * 4.1). Capability DRAFTS.
     *
     * @return its new handle; the old one names nothing any more
     * @throws MailException CONFLICT where the id names no draft now, whether it never did or somebody else has changed, sent or removed the
     *     draft; then nothing of theirs was touched, and the message was not kept unless the failure {@linkplain
     *     MailException#mayHaveTakenEffect() may have taken effect}
     */
    default EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        throw Capability.DRAFTS.missing();
    }

    /**
     * Sends a draft, which ends it. Capabilities DRAFTS and SEND. Never repeated after an unclear end, which is
     * {@link SendResult.Unknown}.
     *
     * @throws MailException where nothing was sent, for sure; CONFLICT where the id names no draft now
     */
    default SendResult sendDraft(EmailId draft, Call call) {
        throw Capability.SEND.missing();
    }

    /**
     * Removes a draft for good. Capability DRAFTS.
     *
     * @throws MailException CONFLICT where the id names no draft now
     */
    default void destroyDraft(EmailId draft, Call call) {
        throw Capability.DRAFTS.missing();
    }
}
