package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.ContentSource;
import dev.steadymail.imap.command.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread wait for a command: what arrives is kept for it, up to a bound, and it looks at everything on its own thread. Filled by
 * the session's I/O thread, emptied by the one thread that waits. It waits without a limit of its own: the session ends a command whose
 * server is silent, takes nothing or is gone, and tells.
 */
public final class Inbox implements CommandListener {
    private static final int MOST_REPLIES = 2_000;
    private static final long MOST_OCTETS = 4L << 20;
    private static final int PIECE = 64 << 10;
    /** No login that is known asks more than twice; a server that asks without end would be answered without end. */
    private static final int MOST_CHALLENGES = 16;

    private final ImapSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Of the I/O thread alone, until the end of a turn. */
    private List<Reply> arriving = new ArrayList<>();

    private long heardBefore;
    private List<Reply> arrived = new ArrayList<>();
    private long arrivedOctets;
    private boolean paused;
    private boolean room;
    private @Nullable String challenge;
    private int challenges;
    private @Nullable ContentSource content;
    private long contentSize;
    private Response.@Nullable Completed answer;
    private @Nullable IOException failure;

    private Inbox(ImapSession session) {
        this.session = session;
        this.heardBefore = session.heardOctets();
    }

    /**
     * Begins a command; up to {@link ImapSession#MOST_RUNNING} may run at a time, and are awaited in their order.
     *
     * @param silence how long the server may say nothing
     */
    public static Inbox start(ImapSession session, Command command, Duration silence) {
        Inbox inbox = new Inbox(session);
        session.run(command, silence, inbox);
        return inbox;
    }

    /**
     * Runs a command and waits for its end.
     *
     * @param silence how long the server may say nothing
     * @param each takes each response, on the calling thread
     * @param onward answers a server that says to go on, with a line
     * @throws InterruptedIOException where the calling thread was interrupted; the command may still run
     */
    public static Response.Completed run(
            ImapSession session, Command command, Duration silence, Consumer<Reply> each, UnaryOperator<String> onward)
            throws IOException {
        return start(session, command, silence).await(each, onward);
    }

    /**
     * Waits for the command's end.
     *
     * @param each takes each response, on the calling thread
     * @param onward answers a server that says to go on, with a line
     * @throws InterruptedIOException where the calling thread was interrupted; the command may still run
     */
    public Response.Completed await(Consumer<Reply> each, UnaryOperator<String> onward) throws IOException {
        List<Reply> taken = new ArrayList<>();
        while (true) {
            taken.clear();
            taken = take(taken);
            taken.forEach(each);
            Response.Completed done = answer;
            if (done != null && isEmpty()) {
                return done;
            }
            if (failure != null && isEmpty()) {
                throw failure;
            }
            goOn(onward);
        }
    }

    private List<Reply> take(List<Reply> spare) throws InterruptedIOException {
        lock.lock();
        try {
            while (arrived.isEmpty() && answer == null && failure == null && challenge == null && content == null) {
                changed.await();
            }
            List<Reply> taken = arrived;
            arrived = spare;
            arrivedOctets = 0;
            if (paused) {
                paused = false;
                session.resume();
            }
            return taken;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the server");
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        lock.lock();
        try {
            return arrived.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void goOn(UnaryOperator<String> onward) throws IOException {
        String asked;
        ContentSource source;
        lock.lock();
        try {
            asked = challenge;
            source = content;
            challenge = null;
            content = null;
        } finally {
            lock.unlock();
        }
        if (asked != null) {
            if (++challenges > MOST_CHALLENGES) {
                throw BrokenProtocolException.of("the server asks without end");
            }
            session.answer(onward.apply(asked));
        }
        if (source != null) {
            send(source);
        }
    }

    private void send(ContentSource source) throws IOException {
        try (InputStream octets = source.open()) {
            long left = contentSize;
            while (left > 0) {
                byte[] piece = octets.readNBytes((int) Math.min(left, PIECE));
                if (piece.length == 0) {
                    throw new EOFException("the content is shorter than it was said to be");
                }
                left -= piece.length;
                if (!sendPiece(ByteBuffer.wrap(piece))) {
                    return;
                }
            }
        }
        session.contentEnded();
    }

    /** Answers whether the server still listens. */
    private boolean sendPiece(ByteBuffer piece) throws InterruptedIOException {
        lock.lock();
        try {
            room = false;
            session.content(piece);
            while (!room && answer == null && failure == null) {
                changed.await();
            }
            return answer == null && failure == null;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending to the server");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reply(Reply reply) {
        arriving.add(reply);
    }

    @Override
    public void turnEnded() {
        if (arriving.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            publish();
            if (!paused && (arrived.size() > MOST_REPLIES || arrivedOctets > MOST_OCTETS)) {
                paused = true;
                session.pauseNow();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void publish() {
        if (arrived.isEmpty()) {
            List<Reply> empty = arrived;
            arrived = arriving;
            arriving = empty;
        } else {
            arrived.addAll(arriving);
            arriving.clear();
        }
        // What a reply holds came over the wire, so that its octets there are a measure of it.
        long heard = session.heardOctets();
        arrivedOctets += heard - heardBefore;
        heardBefore = heard;
    }

    @Override
    public void goOn(String text) {
        tell(() -> challenge = text);
    }

    @Override
    public void stream(ContentSource source, long size) {
        tell(() -> {
            contentSize = size;
            content = source;
        });
    }

    @Override
    public void drained() {
        tell(() -> room = true);
    }

    @Override
    public void completed(Response.Completed completed) {
        tell(() -> answer = completed);
    }

    @Override
    public void failed(IOException cause) {
        tell(() -> failure = cause);
    }

    private void tell(Runnable news) {
        lock.lock();
        try {
            publish();
            news.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
