package dev.steadymail.imap;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Idle.News;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.wire.CommandListener;
import dev.steadymail.imap.wire.ImapSession;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One wait for news by IDLE (RFC 2177): ends with news, when it is told to, or with the connection. It hears the server before it starts,
 * between the commands of the look that comes before it: with NOTIFY (RFC 5465) what is said then is not said again. Runs on the session's
 * I/O thread, but for {@link #start} and {@link #stop}; costs no thread meanwhile.
 */
final class IdleWait implements CommandListener {
    /** How a wait ended. */
    enum Outcome {
        /** There is news. */
        NEWS,
        /** It is time to ask about what the server does not tell of by itself. */
        INTERVAL,
        /** Somebody else needs the connection, or it is not to be waited any more. */
        WANTED,
        /** The server ended IDLE by itself. */
        ENDED,
        /** The server does not do what it said it can. */
        REFUSED,
        /** The connection is over. */
        LOST
    }

    private static final Duration LONGEST_DONE = Duration.ofSeconds(10);
    /** Beyond that it is simpler to look everywhere. */
    private static final int MOST_MAILBOXES = 1_000;

    private static final int LONGEST_NAME = 2_048;

    private final ImapSession session;
    private final Duration patience;
    private final Consumer<IdleWait> ended;
    private final Map<String, MailboxCounters> mailboxes = new HashMap<>(2);
    private boolean started;
    private boolean over;
    private long exists;
    private long counted = -1;
    private boolean idling;
    private boolean begun;
    private boolean anywhere;
    private boolean overflown;
    private boolean news;
    private boolean again;
    private @Nullable Outcome stopping;
    private @Nullable IOException cause;
    private Outcome outcome = Outcome.LOST;

    /**
     * Prepares a wait.
     *
     * @param patience how long the server may take to begin
     * @param ended told once, on the I/O thread
     */
    IdleWait(ImapSession session, Duration patience, Consumer<IdleWait> ended) {
        this.session = session;
        this.patience = patience;
        this.ended = ended;
    }

    /** Hears no more: this wait is not to start, or is over. */
    void leave() {
        session.overhear(reply -> {});
    }

    /** Hears from now on what the server says while no command runs, until this wait ends or another one listens. */
    void listen() {
        session.overhear(this::reply);
    }

    /**
     * Begins to wait in the mailbox that is open.
     *
     * @param known how many messages are known to be in it
     */
    void start(long known) {
        session.execute(() -> {
            started = true;
            exists = known;
            news |= counted >= 0 && counted != known;
        });
        begin();
    }

    private void begin() {
        session.idle(patience, this);
    }

    /** Ends the wait, from any thread; harmless where it has ended. */
    void stop(Outcome why) {
        session.execute(() -> {
            again = false;
            stopNow(why);
        });
    }

    /** Begins IDLE again, from any thread: servers end one that lasts too long, and silence is no proof of life. */
    void reissue() {
        session.execute(() -> {
            if (idling && stopping == null) {
                stopNow(Outcome.WANTED);
                again = true;
            }
        });
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns what broke the connection, or null where nothing did. */
    @Nullable
    IOException cause() {
        return cause;
    }

    /** Returns the other mailboxes that the server told of, and what it told last. */
    Map<String, MailboxCounters> mailboxes() {
        return mailboxes;
    }

    /** Answers whether the server ever said that it has begun. */
    boolean hasBegun() {
        return begun;
    }

    /** Answers whether the news may be of any mailbox. */
    boolean isAnywhere() {
        return anywhere;
    }

    /** Answers whether the server does not tell of other mailboxes any more (RFC 5465 section 5.8). */
    boolean isOverflown() {
        return overflown;
    }

    private void stopNow(Outcome why) {
        boolean first = stopping == null;
        stopping = stopping == Outcome.NEWS ? Outcome.NEWS : why;
        if (first && idling) {
            session.done(LONGEST_DONE);
        }
    }

    @Override
    public void goOn(String text) {
        boolean first = !idling;
        idling = true;
        begun = true;
        if (first && stopping != null) {
            session.done(LONGEST_DONE);
        }
    }

    @Override
    public void reply(Reply reply) {
        Response response = reply.response();
        News kind = News.of(response);
        if (over) {
            // Whoever was told of the end reads what was heard until then.
            return;
        }
        if (kind == News.NONE || kind == News.FAREWELL || isKnown(response)) {
            return;
        }
        overflown |= kind == News.OVERFLOW;
        anywhere |= kind == News.OVERFLOW || kind == News.UNREADABLE;
        if (response instanceof Response.MailboxStatus status) {
            note(ListedMailbox.canonical(status.name()), MailboxCounters.of(status));
        }
        news = true;
    }

    /** A count that comes before the mailbox was opened, or with it, is compared when that is over. */
    private boolean isKnown(Response response) {
        if (response instanceof Response.Exists told) {
            counted = told.count();
            return !started || counted == exists;
        }
        return false;
    }

    private void note(String mailbox, MailboxCounters counters) {
        boolean sane = !mailbox.isBlank() && mailbox.length() <= LONGEST_NAME;
        if (mailboxes.containsKey(mailbox) || (sane && mailboxes.size() < MOST_MAILBOXES)) {
            mailboxes.put(mailbox, counters);
        } else {
            anywhere = true;
        }
    }

    @Override
    public void turnEnded() {
        if (news && stopping != Outcome.NEWS) {
            again = false;
            stopNow(Outcome.NEWS);
        }
    }

    @Override
    public void completed(Response.Completed answer) {
        idling = false;
        if (news) {
            end(Outcome.NEWS);
        } else if (answer.status() != Response.Status.OK) {
            end(Outcome.REFUSED);
        } else if (again) {
            again = false;
            stopping = null;
            begin();
        } else {
            Outcome asked = stopping;
            end(asked == null ? Outcome.ENDED : asked);
        }
    }

    @Override
    public void failed(IOException failure) {
        cause = failure;
        end(news ? Outcome.NEWS : Outcome.LOST);
    }

    private void end(Outcome how) {
        outcome = how;
        over = true;
        leave();
        ended.accept(this);
    }
}
