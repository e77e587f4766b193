package dev.steadymail.gmail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests without bodies with octets as they are given, one after the other, the last one again and again. Thread-safe. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param answers those that begin with {@code !} end the connection after them */
    RawServer(String... answers) {
        this.answers = List.of(answers);
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        daemon(this::accept);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    String rootUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    /** Returns the request lines that came. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            sockets.forEach(RawServer::close);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                requests.add(head.lines().findFirst().orElseThrow());
                String answer = answers.get(Math.min(requests.size(), answers.size()) - 1);
                boolean last = answer.startsWith("!");
                socket.getOutputStream().write(answer.substring(last ? 1 : 0).getBytes(StandardCharsets.UTF_8));
                if (last) {
                    return;
                }
            }
        } catch (IOException broken) {
            close(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.write(octet);
            String text = head.toString(StandardCharsets.US_ASCII);
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return "";
    }

    @Override
    public void close() {
        close(listener);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception already) {
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
