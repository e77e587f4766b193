package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.time.Duration;

/** Sends the changes of the selected mailbox while a session idles, on a thread of its own. */
final class IdlePush implements Runnable {

    /** How long a wait lasts before the loop looks again; changes end it at once. */
    private static final Duration CHECK = Duration.ofMinutes(1);

    private static final Duration STOP = Duration.ofSeconds(10);

    private final ImapSession session;
    private final Thread thread;
    private volatile boolean stopped;

    private IdlePush(ImapSession session) {
        this.session = session;
        this.thread = new Thread(this, "imap-test-idle");
    }

    static IdlePush start(ImapSession session) {
        IdlePush push = new IdlePush(session);
        push.thread.setDaemon(true);
        push.thread.start();
        return push;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                push();
            }
        } catch (IOException ended) {
            // Closing wakes the session's own thread, which waits for DONE.
            session.close();
        } catch (InterruptedException e) {
            session.close();
            Thread.currentThread().interrupt();
        }
    }

    private void push() throws IOException, InterruptedException {
        AccountStore store = session.store();
        long version = store.version();
        session.endIfMailboxIsGone();
        session.reportChanges(true);
        session.writer().flush();
        store.awaitChange(version, () -> stopped, CHECK);
    }

    /** Returns when nothing more will be sent from here. */
    void stop() throws IOException {
        stopped = true;
        session.store().wake();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new ConnectionCutException("the client does not read what is pushed to it");
        }
    }
}
