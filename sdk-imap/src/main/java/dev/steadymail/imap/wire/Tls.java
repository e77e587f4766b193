package dev.steadymail.imap.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a link. The costly steps of a handshake run elsewhere; meanwhile nothing is read. Confined to the link's I/O thread, but for
 * those steps.
 */
final class Tls {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Link link;
    private final SSLEngine engine;
    private final Executor handshakes;
    private @Nullable Deque<ByteBuffer> early = new ArrayDeque<>(1);
    private @Nullable ByteBuffer unwanted;
    private boolean busy;

    Tls(Link link, SSLEngine engine, Executor handshakes) {
        this.link = link;
        this.engine = engine;
        this.handshakes = handshakes;
    }

    void start() {
        try {
            engine.beginHandshake();
        } catch (SSLException failure) {
            link.close(failure);
            return;
        }
        decrypt(NOTHING);
    }

    /** Answers whether a step of the handshake is under way elsewhere. */
    boolean isBusy() {
        return busy;
    }

    /** Takes records, as many as there are whole ones; what is left is the begin of one, or not wanted yet. */
    void decrypt(ByteBuffer network) {
        try {
            boolean goesOn = deliverUnwanted();
            while (goesOn && !busy && !link.isClosed() && !link.isPaused()) {
                goesOn = step(network);
            }
        } catch (SSLException failure) {
            link.close(failure);
        }
    }

    /** Answers whether another step may be taken. */
    private boolean step(ByteBuffer network) throws SSLException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> wrap(NOTHING);
            default -> unwrap(network);
        };
    }

    private boolean unwrap(ByteBuffer network) throws SSLException {
        if (!network.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP_AGAIN) {
            return false;
        }
        ByteBuffer plain = link.loop().plain.clear();
        SSLEngineResult result = engine.unwrap(network, plain);
        finished(result);
        deliver(plain.flip());
        if (result.getStatus() == Status.CLOSED) {
            link.close(new EOFException("the server closed the connection"));
        } else if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record is longer than TLS allows");
        }
        return result.getStatus() == Status.OK;
    }

    private void deliver(ByteBuffer plain) {
        if (!plain.hasRemaining()) {
            return;
        }
        link.deliver(plain);
        if (plain.hasRemaining() && !link.isClosed()) {
            unwanted = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
        }
    }

    private boolean deliverUnwanted() {
        ByteBuffer kept = unwanted;
        if (kept == null || link.isPaused()) {
            return kept == null;
        }
        link.deliver(kept);
        if (kept.hasRemaining()) {
            return false;
        }
        unwanted = null;
        return true;
    }

    private boolean wrap(ByteBuffer plain) throws SSLException {
        ByteBuffer records = link.loop().records.clear();
        SSLEngineResult result = engine.wrap(plain, records);
        link.send(records.flip(), false);
        finished(result);
        return result.getStatus() == Status.OK;
    }

    /** Sends octets once the handshake is over. */
    void encrypt(ByteBuffer plain) {
        Deque<ByteBuffer> waiting = early;
        if (waiting != null) {
            waiting.add(plain);
            return;
        }
        try {
            while (plain.hasRemaining() && !link.isClosed() && wrap(plain)) {}
        } catch (SSLException failure) {
            link.close(failure);
        }
    }

    private void finished(SSLEngineResult result) {
        Deque<ByteBuffer> waiting = early;
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && waiting != null) {
            early = null;
            link.secured();
            waiting.forEach(this::encrypt);
        }
    }

    /** RFC 9325 section 3.5: nothing needs a handshake within the connection, and one could be made to cost without end. */
    private boolean runTasks() throws SSLException {
        if (early == null) {
            throw new SSLException("the server wants another handshake, which is refused");
        }
        busy = true;
        link.updateInterest();
        try {
            handshakes.execute(this::runTasksElsewhere);
        } catch (RejectedExecutionException refused) {
            throw new SSLException("too many handshakes wait for their turn", refused);
        }
        return false;
    }

    private void runTasksElsewhere() {
        try {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } finally {
            link.loop().execute(() -> {
                busy = false;
                link.proceed();
            });
        }
    }

    /** Tells the peer that nothing follows, or what is wrong, if the channel takes it at once. */
    void sayGoodbye() {
        if (busy) {
            return;
        }
        engine.closeOutbound();
        try {
            if (!link.isStuffed() && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                ByteBuffer records = link.loop().records.clear();
                SSLEngineResult unused = engine.wrap(NOTHING, records);
                link.sendLast(records.flip());
            }
        } catch (IOException gone) {
            // It is over anyway.
        }
    }
}
