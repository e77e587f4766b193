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
    /** What cannot be sent yet: before the first handshake, or during a later one that the server began. */
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>(1);

    private @Nullable ByteBuffer unwanted;
    private boolean on;
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
            sendWaiting();
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

    /** Answers whether that got anywhere: during a handshake there may be nothing to send before the peer has answered. */
    private boolean wrap(ByteBuffer plain) throws SSLException {
        ByteBuffer records = link.loop().records.clear();
        SSLEngineResult result = engine.wrap(plain, records);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record is longer than TLS allows");
        }
        link.send(records.flip(), false);
        finished(result);
        return result.getStatus() == Status.OK && (result.bytesConsumed() > 0 || result.bytesProduced() > 0);
    }

    /** Sends octets, once the handshake is over. */
    void encrypt(ByteBuffer plain) {
        waiting.add(plain);
        try {
            sendWaiting();
        } catch (SSLException failure) {
            link.close(failure);
        }
    }

    private void sendWaiting() throws SSLException {
        boolean goesOn = true;
        while (goesOn && on && !busy && !waiting.isEmpty() && !link.isClosed()) {
            ByteBuffer first = waiting.remove();
            goesOn = !first.hasRemaining() || wrap(first);
            if (first.hasRemaining()) {
                waiting.addFirst(first);
            }
        }
    }

    private void finished(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !on) {
            on = true;
            link.secured();
        }
    }

    /** RFC 9325 section 3.5: nothing needs a handshake within the connection, and one could be made to cost without end. */
    private boolean runTasks() throws SSLException {
        if (on) {
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
        try {
            engine.closeOutbound();
            if (!link.isStuffed() && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                ByteBuffer records = link.loop().records.clear();
                SSLEngineResult unused = engine.wrap(NOTHING, records);
                link.sendLast(records.flip());
            }
        } catch (IOException | RuntimeException gone) {
            // It is over anyway.
        }
    }
}
