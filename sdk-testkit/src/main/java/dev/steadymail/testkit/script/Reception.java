package dev.steadymail.testkit.script;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Accepts connections on 127.0.0.1 and gives each its script. Thread-safe. */
final class Reception {

    private static final byte[] LOCALHOST = {127, 0, 0, 1};
    private static final int BACKLOG = 128;
    private static final int MAX_CONNECTIONS = 1_000;

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final @Nullable Script forOthers;
    private final Rules rules;
    private final Pauses pauses;
    private final Ledger ledger;
    private final WriteWatch watch;
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
    private final Thread acceptor;
    private volatile int lastPort;

    Reception(List<Script> scripts, @Nullable Script forOthers, Rules rules, Pauses pauses, Ledger ledger)
            throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOCALHOST));
        this.scripts = List.copyOf(scripts);
        this.forOthers = forOthers;
        this.rules = rules;
        this.pauses = pauses;
        this.ledger = ledger;
        watch = new WriteWatch(rules.deadline(), threadName("watch"));
        acceptor = new Thread(this::acceptAll, threadName("accept"));
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private String threadName(String role) {
        return "scripted-imap-" + port() + "-" + role;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Conversation> conversations() {
        return List.copyOf(conversations);
    }

    /** Returns whether every script has been played to its end, those included that nobody has come for. */
    boolean isPlayed() {
        return conversations.size() >= scripts.size() && conversations.stream().allMatch(Conversation::isPlayed);
    }

    /** Returns whether every script that was begun has been played to its end. */
    boolean isPlayedWhereBegun() {
        return conversations.stream().allMatch(Conversation::isPlayed);
    }

    /** Returns what is missing now: scripts that go on, and those that nobody has come for. */
    List<String> unfinished() {
        List<Conversation> begun = conversations();
        List<String> reports = new ArrayList<>();
        begun.stream().filter(one -> !one.isPlayed()).forEach(one -> reports.add(one.unfinished()));
        for (int i = begun.size(); i < scripts.size(); i++) {
            reports.add("connection " + (i + 1) + " has a script, but nobody connected");
        }
        return reports;
    }

    private void acceptAll() {
        boolean open = true;
        while (open) {
            try {
                Socket socket = listener.accept();
                open = socket.getPort() != lastPort;
                if (open) {
                    begin(socket);
                } else {
                    socket.close();
                }
            } catch (IOException failure) {
                // Either the listener was closed, or one connection failed, which its client sees.
                open = !listener.isClosed();
            }
        }
    }

    private void begin(Socket socket) throws IOException {
        int number = conversations.size() + 1;
        Script script = number <= scripts.size() ? scripts.get(number - 1) : forOthers;
        if (script == null || number > MAX_CONNECTIONS) {
            ledger.mismatch("connection " + number + " has no script" + (script == null ? "" : ": it is one too many"));
            socket.setSoLinger(true, 0);
            socket.close();
            return;
        }
        Wire wire = new Wire(socket, rules.deadline(), watch);
        Conversation conversation =
                new Conversation(number, script, wire, rules, pauses, ledger, threadName("connection-" + number));
        conversations.add(conversation);
        conversation.start();
        ledger.changed();
    }

    /** Takes the connections that clients have opened before this, and none after. */
    void stopAccepting() throws IOException, InterruptedException {
        try (Socket last = new Socket()) {
            last.bind(new InetSocketAddress(listener.getInetAddress(), 0));
            lastPort = last.getLocalPort();
            last.connect(
                    listener.getLocalSocketAddress(),
                    Math.toIntExact(rules.deadline().toMillis()));
            acceptor.join(rules.deadline().toMillis());
        } finally {
            listener.close();
        }
    }

    /** Lets all connections see what has arrived. */
    void settle() throws InterruptedException {
        for (Conversation conversation : conversations) {
            conversation.settle();
        }
    }

    /** Cuts all connections. */
    void stop() {
        conversations.forEach(Conversation::stop);
        watch.close();
    }

    /** Waits until all threads are gone, after {@link #stop()}. */
    void join() throws InterruptedException {
        for (Conversation conversation : conversations) {
            conversation.join();
        }
        watch.join();
        acceptor.join(rules.deadline().toMillis());
    }
}
