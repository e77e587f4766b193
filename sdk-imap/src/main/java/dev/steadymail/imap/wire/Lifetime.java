package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.StatusText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a connection consists of now, and its end, which comes once. Confined to the I/O thread, but for {@link #end} and {@link #isOpen}. */
final class Lifetime {
    private static final long LONGEST_AFTER_BYE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventLoop loop;
    private final List<Consumer<IOException>> mourners = new ArrayList<>(3);
    private @Nullable Runnable dialling;
    private @Nullable Link link;
    private @Nullable Runnable last;
    private boolean handshaking;
    private boolean lost;
    private volatile @Nullable StatusText farewell;
    private volatile @Nullable IOException end;

    Lifetime(EventLoop loop) {
        this.loop = loop;
    }

    /** Returns what ended the connection, or null while it lasts. */
    @Nullable
    IOException end() {
        return end;
    }

    /** Answers whether commands may be run: not after the end, nor after the server said goodbye. */
    boolean isOpen() {
        return end == null && farewell == null;
    }

    /** Returns the channel, null before it is connected. */
    @Nullable
    Link link() {
        return link;
    }

    /** A connection is being made; this gives it up. */
    void dials(Runnable givesUp) {
        dialling = givesUp;
    }

    void connected(Link channel) {
        dialling = null;
        link = channel;
    }

    void handshakes(boolean under) {
        handshaking = under;
    }

    /** Has the cause told at the end, in the order of these calls. */
    void mournedBy(Consumer<IOException> mourner) {
        mourners.add(mourner);
    }

    /** Has something run after all else at the end; at once where that was. */
    void last(Runnable action) {
        if (lost) {
            action.run();
        } else {
            last = action;
        }
    }

    /** A server that says goodbye and stays is helped to go. */
    void saidBye(StatusText said) {
        if (farewell == null) {
            farewell = said;
            EventLoop.Timer unused =
                    loop.schedule(LONGEST_AFTER_BYE_NANOS, () -> lose(new IOException("the server said goodbye")));
        }
    }

    /** Ends the connection. */
    void lose(IOException cause) {
        if (link != null) {
            link.close(cause);
        } else if (dialling != null) {
            dialling.run();
        }
        ended(cause);
    }

    /** The connection has ended by itself. */
    void ended(IOException cause) {
        if (lost) {
            return;
        }
        lost = true;
        StatusText said = farewell;
        IOException why = handshaking ? new HandshakeException(cause) : cause;
        IOException told = said == null ? why : new FarewellException(said, cause);
        end = told;
        try {
            mourners.forEach(mourner -> mourner.accept(told));
        } finally {
            Runnable action = last;
            if (action != null) {
                action.run();
            }
        }
    }
}
