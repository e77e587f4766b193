package dev.steadymail.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A plain loopback port on which one client at a time sends a line and gets a line. */
final class ControlPort {
    private final ServerSocket server;
    private final UnaryOperator<String> answers;

    /** @param answers returns the answer to a line; called by the port's own thread */
    ControlPort(int port, UnaryOperator<String> answers) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.answers = answers;
        Thread thread = new Thread(this::serve, "control");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                converse(client);
            } catch (IOException gone) {
                // The next client may come, unless the port was closed.
            }
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write((answers.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
