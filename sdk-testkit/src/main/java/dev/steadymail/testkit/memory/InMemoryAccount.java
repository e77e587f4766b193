package dev.steadymail.testkit.memory;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mail server with one account, in memory: open it like any account, and change its mail from behind with the methods here.
 * All clients of one object see the same mail. Mailboxes are named from the root down, joined by {@code /}; emails by their
 * Message-ID with angle brackets. Thread-safe.
 *
 * <pre>{@code
 * InMemoryAccount account = InMemoryAccount.labels();
 * account.deliver("INBOX", message, Set.of(), Instant.now());
 * account.faults().failNext("get", 2, MailException.of(Kind.UNAVAILABLE, "down for a moment"));
 * MailClient mail = runtime.open(account);
 * }</pre>
 */
public final class InMemoryAccount implements MailAccount {
    private static final AccountId ID = new AccountId("memory");
    private static final GuardSettings UNHURRIED = GuardSettings.builder()
            .maxInFlight(20)
            .starts(10_000, Duration.ofSeconds(1))
            .build();

    private final InMemoryOptions options;
    private final MailState state;
    private final Owner owner = new Owner();
    private final Faults faults = new Faults();
    private final Map<String, MailException> unreadable = new ConcurrentHashMap<>();

    private InMemoryAccount(InMemoryOptions options) {
        this.options = options;
        this.state = new MailState(options);
    }

    /** Returns an account that behaves like a plain IMAP server. */
    public static InMemoryAccount folders() {
        return new InMemoryAccount(InMemoryOptions.FOLDERS);
    }

    /** Returns an account that behaves like Gmail. */
    public static InMemoryAccount labels() {
        return new InMemoryAccount(InMemoryOptions.LABELS);
    }

    public static InMemoryAccount with(InMemoryOptions options) {
        return new InMemoryAccount(options);
    }

    @Override
    public AccountId id() {
        return ID;
    }

    @Override
    public GuardProfile guard() {
        return GuardProfile.alone(UNHURRIED);
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return new InMemoryProvider(context, options, state, owner, faults, unreadable);
    }

    /** Returns what is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Puts a message into a mailbox. */
    public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
        state.deliver(mailbox, new ParsedMessage(message), keywords, receivedAt);
    }

    /** Puts an email into a further mailbox. */
    public void addTo(String mailbox, String messageId) {
        if (!options.labels()) {
            throw new IllegalStateException("an email is in one folder only; open InMemoryAccount.labels()");
        }
        state.withMessageId(messageId).forEach(email -> state.addTo(mailbox, email));
    }

    public void createMailbox(String name) {
        state.create(name);
    }

    /** Renames a mailbox and those below it; their ids and their emails' ids change where mailboxes are folders. */
    public void renameMailbox(String from, String to) {
        state.rename(from, to);
    }

    /** Removes a mailbox: with its emails where they are in no other; INBOX and what has a role cannot be removed. */
    public void removeMailbox(String name) {
        state.destroyMailbox(state.mailbox(name));
    }

    /**
     * Gives every email of a folder another id, as a changed UIDVALIDITY does.
     *
     * @throws IllegalStateException where mailboxes are labels, whose emails keep their ids
     */
    public void renumber(String mailbox) {
        if (options.labels()) {
            throw new IllegalStateException("ids outlast everything here; open InMemoryAccount.folders()");
        }
        state.renumber(mailbox);
    }

    /** Takes an email out of one mailbox and puts it into another. */
    public void move(String messageId, String from, String to) {
        state.move(
                state.withMessageId(messageId).stream().map(StoredEmail::id).toList(),
                state.mailbox(from),
                state.mailbox(to));
    }

    /** Returns the names of all mailboxes. */
    public List<String> mailboxes() {
        return state.snapshot().mailboxes().stream().map(Mailbox::fullName).toList();
    }

    /** Returns all emails as they are now, in order of arrival. */
    public List<InMemoryEmail> emails() {
        return state.emails();
    }

    /** Removes an email for good. */
    public void remove(String messageId) {
        state.remove(state.withMessageId(messageId));
    }

    /** Gives an email exactly these keywords. */
    public void setKeywords(String messageId, Set<Keyword> keywords) {
        state.withMessageId(messageId).forEach(email -> state.mark(email, keywords));
    }

    /** Returns the octets of what was sent, the oldest first. */
    public List<byte[]> sent() {
        return owner.sent();
    }

    /** Sets whom the account may send as, the usual one first; {@code ada@example.com} until then. */
    public void setIdentities(List<Identity> identities) {
        owner.setIdentities(identities);
    }

    /** Makes every change cursor handed out so far useless. */
    public void expireCursors() {
        state.expireCursors();
    }

    /** Lets reading an email's octets fail until {@link #makeReadable}. */
    public void makeUnreadable(String messageId, MailException reason) {
        unreadable.put(messageId, reason);
    }

    public void makeReadable(String messageId) {
        unreadable.remove(messageId);
    }
}
