package dev.steadymail.imap;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.Exchange;
import dev.steadymail.imap.command.NoAnswerException;
import dev.steadymail.imap.command.Noop;
import dev.steadymail.imap.command.Notify;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.command.SearchKeys;
import dev.steadymail.imap.command.Select;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.imap.command.TooManyException;
import dev.steadymail.imap.command.UidSearch;
import dev.steadymail.imap.command.Unselect;
import dev.steadymail.imap.quirk.ProviderQuirks;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.Inbox;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is logged in, for threads that wait. Used by one thread at a time; only {@link #abort} may be called by others.
 * After a failure of the connection itself it is broken and never used again.
 */
final class ImapConnection {
    /** Octets that a command line has beside its set: name, items, flags, the name of a mailbox. */
    private static final int BESIDE_A_SET = 480;

    private static final int SHORTEST_SET = 200;
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PROOF = Duration.ofSeconds(10);

    private final ImapSession session;
    private final ResponseClassifier classifier;
    private final Duration readTimeout;
    private final int inFlight;
    private final int longestSet;
    private @Nullable SelectedMailbox selected;
    private long lastUsedNanos = System.nanoTime();
    private final Set<String> untrue = new HashSet<>(1);
    private boolean notifies;
    private volatile boolean broken;

    /**
     * Takes over a session that is logged in.
     *
     * @param provider how many commands may run at a time, and how long a line may be
     */
    ImapConnection(ImapSession session, ResponseClassifier classifier, Duration readTimeout, ProviderQuirks provider) {
        this.inFlight = provider.commandsInFlight();
        this.longestSet = Math.max(SHORTEST_SET, provider.commandLineOctets() - BESIDE_A_SET);
        this.session = session;
        this.classifier = classifier;
        this.readTimeout = readTimeout;
    }

    Set<String> capabilities() {
        return session.capabilities();
    }

    boolean can(String capability) {
        String name = capability.toUpperCase(Locale.ROOT);
        return session.capabilities().contains(name) && !untrue.contains(name);
    }

    ImapSession session() {
        return session;
    }

    /** Returns how long the server may say nothing. */
    Duration patience() {
        return readTimeout;
    }

    /** Runs a command whatever its answer is. */
    ResponseCode attempt(Command command, Consumer<Reply> each) {
        return attempt(command, readTimeout, each);
    }

    /**
     * Runs commands whatever their answers are, two at a time where the provider bears it: the next is on its way while the server
     * works. Not for such as need the answer of the one before, nor for any that name messages by sequence number (RFC 3501 section
     * 5.5).
     *
     * @return the answers, in the order of the commands
     */
    List<ResponseCode> attemptEach(List<? extends Exchange<?>> exchanges) {
        List<ResponseCode> answers = new ArrayList<>(exchanges.size());
        Deque<Inbox> sent = new ArrayDeque<>(inFlight);
        Iterator<? extends Exchange<?>> unsent = exchanges.iterator();
        boolean completed = false;
        String name = "";
        try {
            for (Exchange<?> exchange : exchanges) {
                while (sent.size() < inFlight && unsent.hasNext()) {
                    Command command = unsent.next().command();
                    name = command.name();
                    sent.add(Inbox.start(session, command, readTimeout));
                }
                answers.add(ResponseCode.of(sent.remove().await(exchange::observe, ImapConnection::noChallenge)));
            }
            lastUsedNanos = System.nanoTime();
            completed = true;
            return answers;
        } catch (IOException failure) {
            throw classifier.broken(name, failure);
        } finally {
            if (!completed) {
                abort();
            }
        }
    }

    private ResponseCode attempt(Command command, Duration silence, Consumer<Reply> each) {
        boolean completed = false;
        try {
            Response.Completed answer = Inbox.run(session, command, silence, each, ImapConnection::noChallenge);
            lastUsedNanos = System.nanoTime();
            completed = true;
            return ResponseCode.of(answer);
        } catch (IOException failure) {
            throw classifier.broken(command.name(), failure);
        } finally {
            if (!completed) {
                // The rest of this answer is still to come, and would be taken for the next command's.
                abort();
            }
        }
    }

    /** Nothing was asked of us, so there is nothing to answer; an empty line is what ends a challenge in the worst case. */
    private static String noChallenge(String text) {
        return "";
    }

    /** Runs a command that must succeed. */
    <T> T run(Exchange<T> exchange) {
        Command command = exchange.command();
        return resultOf(exchange, command, attempt(command, exchange::observe));
    }

    private <T> T resultOf(Exchange<T> exchange, Command command, ResponseCode answer) {
        if (!answer.isOk()) {
            throw refusal(command.name(), answer);
        }
        try {
            return exchange.result(answer.said());
        } catch (NoAnswerException missing) {
            // To take this for an empty answer would drop what it did not tell.
            throw MailException.of(Kind.PROTOCOL, "the server completed " + command.name() + " without an answer");
        } catch (TooManyException endless) {
            throw MailException.of(Kind.TOO_LARGE, "the server's answer to " + command.name() + " names too many");
        }
    }

    /** Runs a command that must succeed and must not be repeated: a connection that breaks leaves its effect open. */
    <T> T runOnce(Exchange<T> exchange) {
        Command command = exchange.command();
        return resultOf(exchange, command, attemptOnce(exchange, command));
    }

    private ResponseCode attemptOnce(Exchange<?> exchange, Command command) {
        try {
            return attempt(command, exchange::observe);
        } catch (MailException lost) {
            throw lost.toBuilder().mayHaveTakenEffect(true).build();
        }
    }

    /**
     * Runs a command that must succeed and must not be repeated.
     *
     * @return empty where the server does not understand the command, and so did nothing
     */
    <T> Optional<T> runOnceIfUnderstood(Exchange<T> exchange) {
        Command command = exchange.command();
        ResponseCode answer = attemptOnce(exchange, command);
        if (answer.isBad()) {
            return Optional.empty();
        }
        return Optional.of(resultOf(exchange, command, answer));
    }

    /** Notes that the server lacks what it says it has; it is not asked for it on this connection any more. */
    void distrust(String capability) {
        untrue.add(capability);
    }

    MailException refusal(String command, ResponseCode answer) {
        return classifier.refusal(command, answer);
    }

    /** Opens a mailbox for reading, unless it is open already. */
    SelectedMailbox examine(String mailbox) {
        SelectedMailbox current = selected;
        return current != null && current.name().equals(mailbox) ? current : examineAgain(mailbox);
    }

    /** Opens a mailbox for reading, again where it is open already, so that the numbers are of now. */
    SelectedMailbox examineAgain(String mailbox) {
        return examineAgain(mailbox, reply -> {});
    }

    /**
     * Does the same.
     *
     * @param each hears all that the server says meanwhile
     */
    SelectedMailbox examineAgain(String mailbox, Consumer<Reply> each) {
        return open(Select.examine(mailbox), each);
    }

    /** Opens a mailbox for reading and lists what is in it, by two commands of which the second does not wait for the first. */
    Listed examineAndList(String mailbox) {
        Select select = Select.examine(mailbox);
        UidSearch search = fitting(SearchKeys.ALL);
        selected = null;
        List<ResponseCode> answers = attemptEach(List.of(select, search));
        SelectedMailbox opened = resultOf(select, select.command(), answers.get(0));
        selected = opened;
        return new Listed(opened, resultOf(search, search.command(), answers.get(1)));
    }

    /** A mailbox that is open, and all UIDs in it. */
    record Listed(SelectedMailbox mailbox, UidSet uids) {}

    /** Opens a mailbox for writing, unless it is open so already. */
    SelectedMailbox select(String mailbox) {
        SelectedMailbox current = selected;
        if (current == null || current.readOnly() || !current.name().equals(mailbox)) {
            return openForWriting(Select.select(mailbox));
        }
        // What arrived since the last command is not in this session's view yet, and a command for it would do nothing.
        var unused = run(new Noop());
        return current;
    }

    /**
     * Opens a mailbox for writing, with mod-sequences where the server has CONDSTORE: some servers keep none before somebody asks for them
     * (RFC 7162 section 3.1).
     */
    SelectedMailbox selectCounted(String mailbox) {
        SelectedMailbox current = selected;
        boolean counted =
                current != null && current.name().equals(mailbox) && !current.readOnly() && current.highestModSeq() > 0;
        return counted || !can("CONDSTORE")
                ? select(mailbox)
                : openForWriting(Select.select(mailbox).condstore());
    }

    private SelectedMailbox openForWriting(Select select) {
        SelectedMailbox opened = open(select, reply -> {});
        if (opened.readOnly()) {
            throw MailException.builder(Kind.FORBIDDEN, "the mailbox can be read only; its owner must give more rights")
                    .providerCode("READ-ONLY")
                    .build();
        }
        return opened;
    }

    private SelectedMailbox open(Select select, Consumer<Reply> each) {
        // RFC 3501 section 6.3.1: a SELECT that fails leaves no mailbox selected.
        selected = null;
        Command command = select.command();
        ResponseCode answer = attempt(command, reply -> {
            select.observe(reply);
            each.accept(reply);
        });
        SelectedMailbox opened = resultOf(select, command, answer);
        selected = opened;
        return opened;
    }

    /**
     * Leaves the mailbox that is open, if any: of that one, STATUS may tell what this session saw last (RFC 3501 section 6.3.10).
     * A server without UNSELECT (RFC 3691) is made to look again instead.
     */
    void leaveMailbox() {
        if (selected == null) {
            return;
        }
        if (can("UNSELECT")) {
            selected = null;
            var unused = run(new Unselect());
        } else {
            var unused = run(new Noop());
        }
    }

    /** Returns a set of UIDs in parts that fit the provider's lines. */
    List<String> lines(UidSet uids) {
        return uids.lines(longestSet);
    }

    /** Returns all UIDs of the mailbox that is open. */
    UidSet allUids() {
        return run(fitting(SearchKeys.ALL));
    }

    /** Searches the mailbox that is open. */
    UidSet search(SearchKeys keys) {
        return run(fitting(keys).silentWhereNone());
    }

    private UidSearch fitting(SearchKeys keys) {
        UidSearch search = UidSearch.of(keys);
        return can("ESEARCH") ? search.extended() : search;
    }

    /** Returns how many messages were in the mailbox that is open when it was opened. */
    long exists() {
        SelectedMailbox current = selected;
        return current == null ? 0 : current.exists();
    }

    /** Has the server tell of every mailbox; answers whether it does. */
    boolean startNotifying(Notify notify) {
        session.forgetOverflow();
        notifies = attempt(notify.command(), notify::observe).isOk();
        return notifies();
    }

    /** Answers whether the server tells of every mailbox. */
    boolean notifies() {
        return notifies && !session.hasOverflown();
    }

    /** Notes that the connection was in use until now. */
    void touch() {
        lastUsedNanos = System.nanoTime();
    }

    boolean hasOpen(String mailbox) {
        SelectedMailbox current = selected;
        return current != null && current.name().equals(mailbox);
    }

    boolean isBroken() {
        return broken || !session.isOpen();
    }

    /**
     * Returns whether the connection is over after it lay idle for longer than {@code idle}. An end is seen at once, but silence is no
     * proof of life after a minute: then the server is asked.
     */
    boolean endedWhileIdle(Duration idle) {
        long nanos = System.nanoTime() - lastUsedNanos;
        if (isBroken()) {
            return true;
        }
        return nanos > idle.toNanos() && nanos > LONGEST_SILENCE.toNanos() && !answers();
    }

    private boolean answers() {
        try {
            return attempt(new Noop().command(), LONGEST_PROOF, reply -> {}).isOk();
        } catch (MailException dead) {
            return false;
        }
    }

    /** Breaks the connection at once, from any thread. */
    void abort() {
        broken = true;
        session.abort();
    }

    boolean hasBeenIdleFor(Duration idle) {
        return System.nanoTime() - lastUsedNanos >= idle.toNanos();
    }

    /** Says good-bye without waiting for the answer; the connection ends soon. */
    void leave() {
        var unused = leave(LONGEST_GOODBYE);
    }

    /** Says good-bye; the future ends with the connection, after {@code limit} at the latest. */
    CompletableFuture<Void> leave(Duration limit) {
        broken = true;
        return session.leave(limit);
    }
}
