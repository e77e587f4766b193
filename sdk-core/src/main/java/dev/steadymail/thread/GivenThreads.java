package dev.steadymail.thread;

import dev.steadymail.mail.ThreadId;
import dev.steadymail.sync.StoredEmail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects emails that the provider groups, as it does: side by side, as it tells no more. */
final class GivenThreads {
    private final Map<ThreadId, Node> threads = new LinkedHashMap<>();
    private int emails;

    /** Takes an email unless its provider says nothing of its thread. */
    boolean took(StoredEmail stored) {
        ThreadId thread = stored.email().threadId();
        if (thread != null) {
            Node together = threads.computeIfAbsent(thread, id -> new Node());
            Node email = new Node().fill(stored, emails++);
            email.answers(together);
            together.add(email);
        }
        return thread != null;
    }

    List<Node> roots() {
        return new ArrayList<>(threads.values());
    }
}
