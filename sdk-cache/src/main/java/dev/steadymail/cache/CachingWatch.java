package dev.steadymail.cache;

import dev.steadymail.mail.MailboxId;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A watch that passes by: what it tells ends what it vouched for until a sync has looked. Thread-safe. */
final class CachingWatch implements Watch {
    /** What is watched where nothing is named (RFC 3501 section 5.1; Gmail's label is called the same). */
    private static final MailboxId INBOX = new MailboxId("INBOX");

    private final AccountCache account;
    private final Set<MailboxId> mailboxes;
    private final WatchListener listener;
    private final Consumer<CachingWatch> ended;
    // Guarded by this object.
    private @Nullable Watch watch;
    private boolean closed;

    private CachingWatch(
            AccountCache account, Set<MailboxId> mailboxes, WatchListener listener, Consumer<CachingWatch> ended) {
        this.account = account;
        this.mailboxes = mailboxes;
        this.listener = listener;
        this.ended = ended;
    }

    /**
     * Begins a watch.
     *
     * @param ended told when it is closed
     */
    static CachingWatch of(
            AccountCache account,
            WatchOptions options,
            WatchListener listener,
            Function<WatchListener, Watch> begin,
            Consumer<CachingWatch> ended) {
        Set<MailboxId> mailboxes = options.mailboxes().isEmpty() ? Set.of(INBOX) : Set.copyOf(options.mailboxes());
        CachingWatch watch = new CachingWatch(account, mailboxes, listener, ended);
        Watch begun = begin.apply(watch::heard);
        synchronized (watch) {
            watch.watch = begun;
        }
        return watch;
    }

    private void heard(WatchEvent event) {
        boolean open = isOpen();
        // One that was closed speaks for nothing any more, even if it has a last word.
        if (open && event instanceof WatchEvent.Lost) {
            account.unwatched();
        } else if (open) {
            account.news(mailboxes);
            if (!isOpen()) {
                account.unwatched();
            }
        }
        listener.event(event);
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        Watch begun;
        synchronized (this) {
            closed = true;
            begun = watch;
            account.unwatched();
        }
        ended.accept(this);
        if (begun != null) {
            begun.close();
        }
    }
}
