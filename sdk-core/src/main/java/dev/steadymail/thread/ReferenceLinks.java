package dev.steadymail.thread;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.sync.StoredEmail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Links messages with those they name: steps 1 and 2 of RFC 5256's REFERENCES. */
final class ReferenceLinks {
    /** Where a loop is not ruled out within so many ancestors, all stays as it is: looking on would be quadratic in hostile mail. */
    private static final int LONGEST_LOOK = 1_000;

    private final Map<String, Node> byMessageId = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    void add(StoredEmail stored) {
        Ancestry ancestry = stored.email().ancestry();
        Node node = place(ancestry == null ? null : ancestry.messageId()).fill(stored, nodes.size());
        Node last = null;
        for (String reference : ancestry == null ? List.<String>of() : ancestry.references()) {
            Node named = byMessageId.computeIfAbsent(reference, id -> create());
            if (last != null && named.parent() == null) {
                Loop unused = link(last, named);
            }
            last = named;
        }
        linkByOwnWord(last, node);
    }

    /** Its own word counts more than what others left of their references. */
    private static void linkByOwnWord(@Nullable Node last, Node node) {
        Node before = node.parent();
        node.answers(null);
        if (last != null && link(last, node) == Loop.UNKNOWN) {
            node.answers(before);
        }
    }

    /** Returns where an email goes; one whose Message-ID is taken counts as one without. */
    private Node place(@Nullable String messageId) {
        Node named = messageId == null ? null : byMessageId.computeIfAbsent(messageId, id -> create());
        return named != null && named.isMissing() ? named : create();
    }

    private Node create() {
        Node node = new Node();
        nodes.add(node);
        return node;
    }

    private enum Loop {
        NONE,
        CLOSED,
        UNKNOWN
    }

    /** Links unless that closed a loop, or may have. */
    private static Loop link(Node parent, Node child) {
        Loop loop = loopOf(parent, child);
        if (loop == Loop.NONE) {
            child.answers(parent);
        }
        return loop;
    }

    private static Loop loopOf(Node parent, Node child) {
        if (child == parent) {
            return Loop.CLOSED;
        }
        if (!child.wasParent() || child.group() != parent.group()) {
            return Loop.NONE;
        }
        Node ancestor = parent.parent();
        for (int looked = 0; ancestor != null && ancestor != child; looked++) {
            if (looked == LONGEST_LOOK) {
                return Loop.UNKNOWN;
            }
            ancestor = ancestor.parent();
        }
        return ancestor == null ? Loop.NONE : Loop.CLOSED;
    }

    /** Returns those that answer nothing, each with all that is below it. */
    List<Node> roots() {
        List<Node> roots = new ArrayList<>();
        for (Node node : nodes) {
            Node parent = node.parent();
            if (parent == null) {
                roots.add(node);
            } else {
                parent.add(node);
            }
        }
        return roots;
    }
}
