package dev.steadymail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.PartRange;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The emails of one account. Thread-safe; nothing is kept between calls. */
public final class Emails {
    private final MailView view;

    Emails(MailView view) {
        this.view = view;
    }

    /** Returns the emails a query asks for, read page by page while they are walked through. */
    public EmailResults query(EmailQuery query) {
        Role role = query.filter().role();
        EmailQuery resolved = role == null
                ? query
                : query.resolvedTo(view.mailboxes().require(role).id());
        return new EmailResults(view, resolved);
    }

    /**
     * Returns one email.
     *
     * @throws MailException NOT_FOUND where it is gone
     */
    public Email get(EmailId id, FetchLevel level) {
        return get(List.of(id), level).stream()
                .findFirst()
                .orElseThrow(() -> MailException.of(
                        Kind.NOT_FOUND, "the email is gone, or its id is of before a move; query for it again"));
    }

    /** Returns emails in the order asked for; those that are gone are left out. */
    public List<Email> get(Collection<EmailId> ids, FetchLevel level) {
        return ids.isEmpty() ? List.of() : view.provider().get(List.copyOf(ids), level, view.call());
    }

    /**
     * Returns emails like {@link #get(Collection, FetchLevel)}, on one of the runtime's threads; the future fails with {@link MailException}. Cancelling the future
     * frees its waiter and leaves the requests to end by their deadline.
     */
    public CompletableFuture<List<Email>> getAsync(Collection<EmailId> ids, FetchLevel level) {
        return view.async(() -> get(ids, level));
    }

    /**
     * Opens the exact octets of a message. The caller closes the stream.
     *
     * @throws MailException NOT_FOUND where the email is gone
     */
    public InputStream raw(EmailId id) {
        return view.provider().raw(id, view.call());
    }

    /** Reads many raw messages with few requests, in any order; those that are gone are left out. */
    public void raw(Collection<EmailId> ids, RawVisitor visitor) {
        if (!ids.isEmpty()) {
            view.provider().raw(List.copyOf(ids), visitor, view.call());
        }
    }

    /**
     * Opens the decoded content of a body part. The caller closes the stream.
     *
     * @throws MailException NOT_FOUND where the email or the part is gone
     */
    public InputStream attachment(EmailId id, BodyPart part) {
        return view.provider().attachment(id, part.partId(), view.call());
    }

    /**
     * Reads some octets of a body part as the provider serves them, in their transfer encoding on IMAP; {@link dev.steadymail.content}
     * reads whole parts this way.
     *
     * @param from how many octets to leave out
     * @param length how many to return at most, 1 to {@link PartRange#MOST}
     * @throws MailException NOT_FOUND where the email or the part is gone
     */
    public PartRange range(EmailId id, BodyPart part, long from, int length) {
        PartRange.check(from, length);
        return view.provider().range(id, part.partId(), from, length, view.call());
    }

    /** Adds a keyword. */
    public void addKeyword(Collection<EmailId> ids, Keyword keyword) {
        changeKeywords(ids, Set.of(keyword), Set.of());
    }

    /** Removes a keyword. */
    public void removeKeyword(Collection<EmailId> ids, Keyword keyword) {
        changeKeywords(ids, Set.of(), Set.of(keyword));
    }

    /** Adds and removes keywords; UNSUPPORTED where a keyword cannot be kept. */
    public void changeKeywords(Collection<EmailId> ids, Set<Keyword> add, Set<Keyword> remove) {
        if (!ids.isEmpty()) {
            view.provider().changeKeywords(List.copyOf(ids), add, remove, view.call());
        }
    }

    /**
     * Moves emails from one mailbox to another; an email's other mailboxes stay.
     *
     * @return the id of each email after the move, by its id before, as far as the server told
     * @throws MailException NOT_FOUND where a mailbox is gone
     */
    public Map<EmailId, EmailId> move(Collection<EmailId> ids, MailboxId from, MailboxId to) {
        return ids.isEmpty() ? Map.of() : view.provider().move(List.copyOf(ids), from, to, view.call());
    }

    /**
     * Moves emails out of the inbox into the archive, or into "all mail" where archiving means having no other mailbox.
     *
     * @throws MailException NOT_FOUND where the account has neither
     */
    public Map<EmailId, EmailId> archive(Collection<EmailId> ids) {
        Mailboxes mailboxes = view.mailboxes();
        MailboxId archive = mailboxes
                .find(Role.ARCHIVE)
                .orElseGet(() -> mailboxes.require(Role.ALL))
                .id();
        return move(ids, mailboxes.require(Role.INBOX).id(), archive);
    }

    /**
     * Moves emails to the trash, out of the inbox, or out of the mailbox they are in.
     *
     * @return the id of each email after the move, by its id before, as far as the server told; what was in the trash before may be left out
     * @throws MailException NOT_FOUND where the account has no mailbox with role trash
     */
    public Map<EmailId, EmailId> trash(Collection<EmailId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Mailboxes mailboxes = view.mailboxes();
        MailboxId inbox = mailboxes.require(Role.INBOX).id();
        return view.provider()
                .trash(List.copyOf(ids), inbox, mailboxes.require(Role.TRASH).id(), view.call());
    }

    /**
     * Adds a message without sending it. After a failure that {@linkplain MailException#mayHaveTakenEffect() may have taken effect} look
     * for its Message-ID before importing it again, or there will be two.
     *
     * @throws MailException UNSUPPORTED without capability IMPORT, or for several mailboxes, a keyword or a time that cannot be kept;
     *     NOT_FOUND for a mailbox that is not there; TOO_LARGE; INVALID; STORAGE where the content cannot be read
     */
    public EmailId importEmail(RawContent content, EmailImport into) {
        return view.provider().importEmail(content, into, view.call());
    }

    /** Removes emails for good; UNSUPPORTED without capability DESTROY. */
    public void destroy(Collection<EmailId> ids) {
        if (!ids.isEmpty()) {
            view.provider().destroy(List.copyOf(ids), view.call());
        }
    }
}
