package dev.steadymail.provider;

import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One account at one provider: what IMAP, Gmail and others implement. Thread-safe. Every method may block until the call's
 * deadline, passes each wire request through the guard it was given, and fails with {@link dev.steadymail.mail.MailException}
 * only. Ids that no longer exist are left out of answers, unless a method says otherwise. What {@link MailWriter} and
 * {@link OwnerSettings} add is UNSUPPORTED until a provider overrides it.
 */
public interface MailProvider extends MailWriter, OwnerSettings, AutoCloseable {
    /** Returns what this account can do; may have to ask the server. */
    Capabilities capabilities(Call call);

    /** Returns all mailboxes, those that cannot hold emails included, in no particular order. */
    List<Mailbox> mailboxes(Call call);

    /**
     * Returns one page of emails.
     *
     * @param query what to look for; its filter names a mailbox or none, never a role
     * @param token the page to return, or null for the first
     * @throws dev.steadymail.mail.MailException NOT_FOUND for a mailbox that is not there; UNSUPPORTED for an order or condition
     *     that cannot be met; INVALID for a token of another query
     */
    EmailPage query(EmailQuery query, @Nullable PageToken token, Call call);

    /**
     * Returns the ids of one page of emails: what {@link #query} finds, in its order, for callers who have most of the emails already. A
     * token of either method is good for the other at the same query. The query's level does not matter.
     *
     * <p>By default the emails are read at {@link FetchLevel#STATE}. A provider that can list ids without reading emails overrides it.
     *
     * @param query what to look for, as for {@link #query}
     * @param token the page to return, or null for the first
     * @throws dev.steadymail.mail.MailException as from {@link #query}
     */
    default EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        return EmailIdPage.of(query(query.fetch(FetchLevel.STATE), token, call));
    }

    /** Returns emails in the order of {@code ids}; those that are gone are left out. */
    List<Email> get(List<EmailId> ids, FetchLevel level, Call call);

    /**
     * Opens the exact octets of a message. The caller closes the stream; reading it may go to the wire and fails with
     * {@link java.io.IOException} when the call's deadline has passed.
     *
     * @throws dev.steadymail.mail.MailException NOT_FOUND where the email is gone
     */
    InputStream raw(EmailId id, Call call);

    /** Reads many raw messages with few wire requests, in any order; those that are gone are left out. */
    void raw(List<EmailId> ids, RawVisitor visitor, Call call);

    /**
     * Opens the decoded content of one body part. The caller closes the stream.
     *
     * @param partId from {@link dev.steadymail.mail.BodyPart#partId}
     * @throws dev.steadymail.mail.MailException NOT_FOUND where the email is gone or has no such part
     */
    InputStream attachment(EmailId id, String partId, Call call);

    /**
     * Reads some octets of one body part, or of a whole message, as this provider serves them: see {@link PartRange}.
     *
     * <p>Where the provider has no ranges, everything from the first octet to the last one asked for is read again, and thrown away up to
     * {@code from}: right, but no cheaper than reading it all. {@link #servesRanges} tells which.
     *
     * @param partId from {@link dev.steadymail.mail.BodyPart#partId}; empty for the message itself
     * @param from how many octets to leave out
     * @param length how many octets to return at most, 1 to {@link PartRange#MOST}; none come from beyond the end
     * @throws dev.steadymail.mail.MailException NOT_FOUND where the email is gone or has no such part
     */
    default PartRange range(EmailId id, String partId, long from, int length, Call call) {
        PartRange.check(from, length);
        try (InputStream content = partId.isEmpty() ? raw(id, call) : attachment(id, partId, call)) {
            content.skipNBytes(from);
            return PartRange.of("", -1, content.readNBytes(length));
        } catch (EOFException beyondTheEnd) {
            return PartRange.of("", -1, new byte[0]);
        } catch (IOException failure) {
            throw failure.getCause() instanceof MailException ours
                    ? ours
                    : MailException.of(Kind.NETWORK, "the part could not be read to its end", failure);
        }
    }

    /** Returns whether {@link #range} reads no more than it returns, and tells the part's size with it. Asks nobody. */
    default boolean servesRanges() {
        return false;
    }

    /**
     * Returns up to how many octets a whole message is cheaper to read than to ask for its structure and then for some of its parts.
     * Asks nobody.
     *
     * <p>By default 64 KiB: a request more takes about as long as so many octets, at a tenth of a second and 5 Mbit a second, and whole
     * messages are read many with one request, parts are not.
     */
    default long wholeUpTo() {
        return 64 << 10;
    }

    /**
     * Adds and removes keywords.
     *
     * @throws dev.steadymail.mail.MailException UNSUPPORTED where a keyword cannot be kept
     */
    void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call);

    /**
     * Moves emails from one mailbox to another; an email's other mailboxes stay.
     *
     * @return the id of each email after the move, by the id before; an email whose new id the server did not tell is mapped to
     *     nothing
     * @throws dev.steadymail.mail.MailException NOT_FOUND where a mailbox is not there
     */
    Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call);

    /**
     * Moves emails into the mailbox for what is to be removed, out of the inbox, or out of the mailbox they are in.
     *
     * @param trash the mailbox with role trash
     * @return the id of each email after the move, by the id before, as for {@link #move}; what is in it already stays, and may be left out
     */
    default Map<EmailId, EmailId> trash(List<EmailId> ids, MailboxId inbox, MailboxId trash, Call call) {
        Map<MailboxId, List<EmailId>> bySource = new LinkedHashMap<>();
        for (Email email : get(ids, FetchLevel.STATE, call)) {
            Set<MailboxId> mailboxes = email.mailboxIds();
            if (!mailboxes.contains(trash) && !mailboxes.isEmpty()) {
                MailboxId from =
                        mailboxes.contains(inbox) ? inbox : mailboxes.iterator().next();
                bySource.computeIfAbsent(from, source -> new ArrayList<>()).add(email.id());
            }
        }
        Map<EmailId, EmailId> moved = new HashMap<>();
        bySource.forEach((from, emails) -> moved.putAll(move(emails, from, trash, call)));
        return moved;
    }

    /**
     * Removes emails for good.
     *
     * @throws dev.steadymail.mail.MailException UNSUPPORTED without capability DESTROY
     */
    void destroy(List<EmailId> ids, Call call);

    /**
     * Returns a thread.
     *
     * @throws dev.steadymail.mail.MailException UNSUPPORTED without capability THREADS, NOT_FOUND where it is gone
     */
    EmailThread thread(ThreadId id, Call call);

    /**
     * Returns one page of what changed since a cursor. The same cursor may be asked for again after a crash.
     *
     * @throws dev.steadymail.mail.MailException INVALID for a cursor that is not this provider's
     */
    ChangePage changes(ChangeRequest request, Call call);

    /**
     * Begins to watch for changes; returns at once, and tells of failures by events.
     *
     * @throws dev.steadymail.mail.MailException of kind UNSUPPORTED where this provider cannot
     */
    default Watch watch(WatchOptions options, WatchListener listener) {
        throw MailException.of(Kind.UNSUPPORTED, "this account's provider cannot watch; sync at intervals instead");
    }

    /** Returns the provider's own client, for what this SDK does not cover; empty where it has none of that type. */
    <T> Optional<T> unwrap(Class<T> type);

    /**
     * Lets go of every connection; calls in flight end with kind CANCELLED. Returns within about a second, which is for saying
     * goodbye to servers that expect it. Harmless when repeated.
     */
    @Override
    void close();
}
