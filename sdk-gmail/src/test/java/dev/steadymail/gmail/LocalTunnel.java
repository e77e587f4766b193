package dev.steadymail.gmail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A proxy that speaks HTTP CONNECT and leads every connection to one port of this machine. Thread-safe. */
final class LocalTunnel implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final @Nullable String login;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Starts one.
     *
     * @param login the value that {@code Proxy-Authorization} must have, or null
     */
    LocalTunnel(int target, @Nullable String login) {
        this.target = target;
        this.login = login;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns the first line of each request for a tunnel that was opened. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = kept(listener.accept());
            daemon(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        // Reads ahead of the tunnel, where nothing comes before the answer.
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        while (true) {
            String first = lines.readLine();
            boolean allowed = login == null;
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                allowed |= line.equalsIgnoreCase("Proxy-Authorization: " + login);
            }
            if (first == null) {
                return;
            }
            if (allowed) {
                asked.add(first);
                tunnel(client);
                return;
            }
            answer(client, "407 Log in\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0");
        }
    }

    private void tunnel(Socket client) throws IOException {
        Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), target));
        answer(client, "200 Open");
        daemon(() -> pass(server, client));
        pass(client, server);
    }

    private static void answer(Socket client, String answer) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void pass(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
        to.shutdownOutput();
    }

    private Socket kept(Socket socket) throws IOException {
        sockets.add(socket);
        if (listener.isClosed()) {
            socket.close();
        }
        return socket;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException unusedAtTheEnd) {
                // One side has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
