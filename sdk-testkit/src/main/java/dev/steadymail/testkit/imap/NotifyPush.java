package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends what NOTIFY asked for while no command is under way, on a thread of its own. */
final class NotifyPush implements Runnable {

    /** How long a wait lasts before the loop looks again; changes end it at once. */
    private static final Duration CHECK = Duration.ofMinutes(1);

    private final ImapSession session;
    private final NotifyWatch watch;
    private volatile boolean stopped;

    private NotifyPush(ImapSession session, NotifyWatch watch) {
        this.session = session;
        this.watch = watch;
    }

    static NotifyPush start(ImapSession session, NotifyWatch watch) {
        NotifyPush push = new NotifyPush(session, watch);
        Thread thread = new Thread(push, "imap-test-notify");
        thread.setDaemon(true);
        thread.start();
        return push;
    }

    /** Returns what to fetch of new messages in the selected mailbox. */
    List<FetchItem> ofNew() {
        EventGroup selected = watch.request().selected();
        return selected == null ? List.of() : selected.ofNew();
    }

    /** Takes effect at once if the caller has the turn, as what is sent from here needs it too. */
    void stop() {
        stopped = true;
        session.store().wake();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                long version = session.store().version();
                push();
                session.store().awaitChange(version, () -> stopped, CHECK);
            }
        } catch (IOException ended) {
            // Closing wakes the session's own thread, which waits for a command.
            session.close();
        } catch (InterruptedException e) {
            session.close();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until no command is under way, then sends what was asked for. */
    private void push() throws IOException {
        session.turn().lock();
        try {
            if (!stopped) {
                session.endIfMailboxIsGone();
                reportSelected();
                reportUnselected();
                session.writer().flush();
            }
        } finally {
            session.turn().unlock();
        }
    }

    private void reportSelected() {
        SelectedMailbox mailbox = session.selectedOrNull();
        EventGroup wanted = watch.request().selected();
        if (mailbox != null && wanted != null) {
            session.store().call(() -> {
                mailbox.push(session.writer(), wanted, session.tracking());
                return true;
            });
        }
    }

    /** Tells what happened to other mailboxes; the caller has the turn or is its IDLE. */
    void reportUnselected() {
        session.store().call(() -> {
            watch.report(session.writer(), session.selectedOrNull(), session.tracking());
            return true;
        });
    }
}
