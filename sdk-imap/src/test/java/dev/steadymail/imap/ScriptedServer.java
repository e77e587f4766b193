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
import java.util.function.UnaryOperator;

/**
 * A server that says what a test wants, where a proper one would not. The script gets a command without its tag and returns
 * what goes before the tagged OK; an answer that ends with {@code !} has no such line and ends the connection, and one that
 * starts with {@code NO} or {@code BAD} is the tagged answer.
 */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final String greeting;
    private final UnaryOperator<String> script;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    ScriptedServer(String greeting, UnaryOperator<String> script) {
        this.greeting = greeting;
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    /** Serves one mailbox, INBOX, with emails of UID 1 to {@code emails}. */
    static ScriptedServer inbox(int emails, UnaryOperator<String> fetch) {
        return new ScriptedServer("* OK [CAPABILITY IMAP4rev1] ready", command -> {
            if (command.startsWith("LIST")) {
                return "* LIST () \"/\" INBOX\r\n";
            }
            if (command.startsWith("EXAMINE") || command.startsWith("SELECT")) {
                return "* " + emails + " EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT " + (emails + 1)
                        + "] ok\r\n";
            }
            return command.startsWith("UID FETCH") ? fetch.apply(command.substring(10)) : "";
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns the commands received, without tags; the first octets of a TLS handshake show as one, too. */
    List<String> log() {
        return List.copyOf(log);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            send(socket, greeting + "\r\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 2);
                log.add(words.length > 1 ? words[1] : line);
                String answer = script.apply(words.length > 1 ? words[1] : line);
                if (answer.endsWith("!")) {
                    send(socket, answer.substring(0, answer.length() - 1));
                    return;
                }
                boolean refused = answer.startsWith("NO") || answer.startsWith("BAD");
                send(socket, refused ? words[0] + " " + answer + "\r\n" : answer + words[0] + " OK done\r\n");
            }
        } catch (IOException ended) {
            // The client went away.
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-imap");
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
}
