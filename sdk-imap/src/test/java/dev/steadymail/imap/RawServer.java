package dev.steadymail.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on 127.0.0.1 that leaves each connection to a test, on a daemon thread of its own. */
final class RawServer implements AutoCloseable {
    /** What is done on one connection. */
    interface Talk {
        void with(Peer peer) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket listener, Talk talk) {
        this.listener = listener;
        start(() -> accept(talk));
    }

    static RawServer plain(Talk talk) {
        return on(ServerSocketFactory.getDefault(), talk);
    }

    static RawServer tls(SSLContext keys, Talk talk) {
        return on(keys.getServerSocketFactory(), talk);
    }

    private static RawServer on(ServerSocketFactory factory, Talk talk) {
        try {
            return new RawServer(factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), talk);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept(Talk talk) {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                start(() -> serve(socket, talk));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void serve(Socket socket, Talk talk) {
        try (socket) {
            talk.with(new Peer(socket));
        } catch (IOException | InterruptedException ended) {
            // The client went away, or the test is over.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-imap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The client's end of a connection. */
    static final class Peer {
        private final Socket socket;
        private final BufferedReader in;
        private String tag = "*";

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        Socket socket() {
            return socket;
        }

        /** Sends octets as they are, in one write. */
        void send(String octets) throws IOException {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Returns the next line, null at the end. */
        @Nullable
        String line() throws IOException {
            return in.readLine();
        }

        /** Returns the next command without its tag, which {@link #ok} uses. */
        String command() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the client has gone");
            }
            int space = line.indexOf(' ');
            tag = space < 0 ? tag : line.substring(0, space);
            return line.substring(space + 1);
        }

        /** Sends untagged lines and the completion. */
        void ok(String untagged) throws IOException {
            send(untagged + tag + " OK done\r\n");
        }

        /** Refuses the command. */
        void no() throws IOException {
            send(tag + " NO not now\r\n");
        }

        /** Greets, lets anybody in, and comes to IDLE in an empty mailbox; {@code OK} and DONE are left to the caller. */
        void comeToIdle() throws IOException {
            send("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
            for (String command = command(); !command.equals("IDLE"); command = command()) {
                ok(command.startsWith("EXAMINE") ? "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" : "");
            }
            send("+ idling\r\n");
        }
    }
}
