package dev.steadymail.benchmarks.scale;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One account of {@link RawClient}: logs in, opens INBOX, waits in IDLE, and begins again when its connection is lost. */
final class RawAccount implements TlsConnection.User {
    /** What an account tells; called by the loop's thread. */
    interface Observer {
        void watching();

        void changed(RawAccount account);

        /** The connection is gone, and the account waits to be connected again; tells whether it was in IDLE. */
        void lost(RawAccount account, boolean watched);
    }

    private final int number;
    private final Observer observer;
    private @Nullable TlsConnection connection;
    private @Nullable String partial;
    private boolean watching;
    private int messages = -1;

    RawAccount(int number, Observer observer) {
        this.number = number;
        this.observer = observer;
    }

    int number() {
        return number;
    }

    String user() {
        return "user-" + number;
    }

    void connected(TlsConnection fresh) {
        connection = fresh;
    }

    @Override
    public void opened() {
        say("a LOGIN " + user() + " secret\r\n");
    }

    @Override
    public void received(ByteBuffer text) {
        String all = (partial == null ? "" : partial) + StandardCharsets.ISO_8859_1.decode(text);
        int from = 0;
        for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
            take(all.substring(from, end).stripTrailing());
            from = end + 1;
        }
        partial = from == all.length() ? null : all.substring(from);
    }

    @Override
    public void closed() {
        connection = null;
        partial = null;
        boolean watched = watching;
        watching = false;
        observer.lost(this, watched);
    }

    private void take(String line) {
        if (line.startsWith("a OK")) {
            say("b EXAMINE INBOX\r\n");
        } else if (line.startsWith("b OK")) {
            say("c IDLE\r\n");
        } else if (line.startsWith("+")) {
            watching = true;
            observer.watching();
        } else if (line.endsWith(" EXISTS")) {
            exists(Integer.parseInt(line.substring(2, line.length() - " EXISTS".length())));
        }
    }

    private void exists(int now) {
        boolean more = messages >= 0 && now > messages;
        messages = now;
        if (more) {
            observer.changed(this);
        }
    }

    private void say(String command) {
        if (connection != null) {
            connection.send(command);
        }
    }
}
