package dev.steadymail.benchmarks.scale;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything the sessions share: mailboxes by user, the open sessions, what is offered, and what was asked. */
final class Population {
    private final Map<String, Mailbox> mailboxes = new HashMap<>();
    private final Set<ImapSession> sessions = new LinkedHashSet<>();
    private final Map<String, Integer> commands = new TreeMap<>();
    private final Set<String> capabilities;
    private final int messages;

    /**
     * @param capabilities what the server offers, in the order in which it is told
     * @param messages how many each mailbox has at first
     */
    Population(Set<String> capabilities, int messages) {
        this.capabilities = new LinkedHashSet<>(capabilities);
        this.messages = messages;
    }

    boolean offers(String capability) {
        return capabilities.contains(capability);
    }

    String capabilities() {
        return String.join(" ", capabilities);
    }

    /** Returns the user's mailbox, a new one at the first login. */
    Mailbox mailbox(String user) {
        return mailboxes.computeIfAbsent(user, name -> new Mailbox(messages));
    }

    void enter(ImapSession session) {
        sessions.add(session);
    }

    void leave(ImapSession session) {
        sessions.remove(session);
    }

    void asked(String command) {
        commands.merge(command, 1, Integer::sum);
    }

    /** Returns how often each command was asked for, in alphabetical order. */
    Map<String, Integer> commands() {
        return new TreeMap<>(commands);
    }

    Map<String, Integer> count() {
        Map<String, Integer> counts = new TreeMap<>();
        counts.put("open", sessions.size());
        counts.put("users", mailboxes.size());
        counts.put("loggedIn", (int)
                sessions.stream().filter(ImapSession::isLoggedIn).count());
        counts.put("idle", (int) sessions.stream().filter(ImapSession::isIdle).count());
        return counts;
    }

    /** Adds a message for one user who has logged in before, or with null for everybody; tells how many, and how many were told. */
    Map<String, Integer> deliver(@Nullable String user) {
        int delivered = 0;
        int told = 0;
        for (Map.Entry<String, Mailbox> each : mailboxes.entrySet()) {
            if (user == null || user.equals(each.getKey())) {
                delivered++;
                told += each.getValue().deliver();
            }
        }
        return new TreeMap<>(Map.of("delivered", delivered, "told", told));
    }

    /** Resets all connections; returns how many. */
    int cut() {
        ArrayList<ImapSession> all = new ArrayList<>(sessions);
        all.forEach(ImapSession::reset);
        return all.size();
    }
}
