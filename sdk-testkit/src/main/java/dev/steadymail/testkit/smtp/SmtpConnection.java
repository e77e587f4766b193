package dev.steadymail.testkit.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Joins a session to a socket, on a thread of its own. {@link #close} may come from any thread. */
final class SmtpConnection implements Runnable {
    private static final int BUFFER = 16 * 1024;

    /** How long what a client still sends is read, so that a reset does not take the last answer from it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Socket plain;
    private final SmtpSession session;
    private final Surroundings surroundings;
    private Socket socket;

    /**
     * What all connections of a server share.
     *
     * @param idleLimit how long a client may be silent
     * @param closed counted down when the server closes
     */
    record Surroundings(
            @Nullable SSLContext tls, @Nullable SSLContext startTls, Duration idleLimit, CountDownLatch closed) {}

    SmtpConnection(Socket accepted, SmtpSession session, Surroundings surroundings) {
        this.plain = accepted;
        this.socket = accepted;
        this.session = session;
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(Math.toIntExact(surroundings.idleLimit().toMillis()));
            boolean encrypted = surroundings.tls() != null;
            if (encrypted) {
                startTls(surroundings.tls());
            }
            session.open(encrypted);
            while (performAll()) {
                receive();
            }
        } catch (IOException ended) {
            // The client went away, or the server closes: either way the session is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Breaks the connection off. The plain socket is closed first, as closing TLS waits for a write that is stuck. */
    void close() {
        try {
            plain.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to be released.
        }
    }

    private void receive() throws IOException {
        byte[] octets = new byte[BUFFER];
        try {
            int count = socket.getInputStream().read(octets);
            if (count < 0) {
                throw new IOException("the client has closed");
            }
            session.receive(octets, 0, count);
        } catch (SocketTimeoutException silent) {
            session.timedOut();
        }
    }

    /** Does what the session wants; returns whether it goes on. */
    private boolean performAll() throws IOException, InterruptedException {
        for (SmtpAction action = session.next(); action != null; action = session.next()) {
            perform(action);
        }
        return !session.hasEnded();
    }

    private void perform(SmtpAction action) throws IOException, InterruptedException {
        if (action instanceof SmtpAction.Send send) {
            write(send.octets());
        } else if (action instanceof SmtpAction.Repeat repeat) {
            repeat(repeat);
        } else if (action instanceof SmtpAction.Pause pause) {
            pause(pause.length());
        } else if (action instanceof SmtpAction.StartTls) {
            startTls(surroundings.startTls());
            session.tlsStarted();
        } else if (action instanceof SmtpAction.StopReading) {
            pause(surroundings.idleLimit());
        } else if (action instanceof SmtpAction.Close) {
            sayFarewell();
        }
        // What is left is Cut: the end of run() breaks the connection off.
    }

    private void write(String octets) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void repeat(SmtpAction.Repeat repeat) throws IOException {
        long atOnce = Math.max(1, BUFFER / repeat.octets().length());
        for (long left = repeat.times(); left > 0; left -= atOnce) {
            write(repeat.octets().repeat((int) Math.min(left, atOnce)));
        }
    }

    private void pause(Duration length) throws IOException, InterruptedException {
        if (surroundings.closed().await(length.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the server closes");
        }
    }

    private void startTls(@Nullable SSLContext context) throws IOException {
        if (context == null) {
            throw new IOException("there is no certificate");
        }
        Socket wrapped = context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        SSLSocket encrypted = (SSLSocket) wrapped;
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        socket = encrypted;
    }

    private void sayFarewell() throws IOException {
        socket.shutdownOutput();
        if (socket != plain) {
            plain.shutdownOutput();
        }
        plain.setSoTimeout(Math.toIntExact(FAREWELL.toMillis()));
        byte[] octets = new byte[BUFFER];
        long end = System.nanoTime() + FAREWELL.toNanos();
        int count = 0;
        while (count >= 0 && System.nanoTime() - end < 0) {
            count = plain.getInputStream().read(octets);
        }
    }
}
