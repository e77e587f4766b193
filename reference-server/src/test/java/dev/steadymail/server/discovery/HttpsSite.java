package dev.steadymail.server.discovery;

import dev.steadymail.testkit.tls.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A site on this machine that answers with what a test gave it, octet by octet, and notes what it was asked. */
final class HttpsSite implements AutoCloseable {
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SSLServerSocket listener;

    HttpsSite(TestCertificate certificate) throws IOException {
        listener =
                (SSLServerSocket) certificate.context().getServerSocketFactory().createServerSocket(0, 50, here());
        Thread acceptor = new Thread(this::accept, "https-site");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static InetAddress here() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns the hosts with the paths that were asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void answer(String place, String head, String body) {
        answers.put(place, (head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    void document(String place, String body) {
        answer(place, "HTTP/1.1 200 OK\r\nContent-Type: text/xml", body);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                serve(socket);
            } catch (IOException over) {
                // Of this connection, or of all.
            }
        }
    }

    private void serve(SSLSocket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String path = in.readLine().split(" ")[1];
        String host = "";
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            host = line.startsWith("Host: ") ? line.substring("Host: ".length()) : host;
        }
        asked.add(host + path);
        byte[] answer = answers.getOrDefault(
                host + path.replaceAll("\\?.*", ""),
                "HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(answer);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
