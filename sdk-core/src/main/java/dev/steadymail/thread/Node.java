package dev.steadymail.thread;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.Email;
import dev.steadymail.sync.StoredEmail;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in a forest: an email that is there, or one that others name and nobody has, a "dummy" in RFC 5256. */
final class Node {
    private static final List<Node> NONE = List.of();
    private static final Comparator<Node> BY_DATE =
            Comparator.comparing((Node node) -> node.first().date).thenComparing(node -> node.first().number);

    private @Nullable String id;
    private @Nullable Ancestry ancestry;
    private Instant date = Instant.EPOCH;
    private int number;
    private @Nullable Node parent;
    private boolean everParent;
    private Node group = this;
    private @Nullable Node above;
    private List<Node> children = NONE;

    /**
     * Says what email this is.
     *
     * @param number its place in the order of arrival, which decides where dates are equal
     */
    Node fill(StoredEmail stored, int number) {
        Email email = stored.email();
        Ancestry told = email.ancestry();
        this.id = stored.id();
        this.ancestry = told;
        this.date = told == null || told.sentAt() == null ? email.receivedAt() : told.sentAt();
        this.number = number;
        return this;
    }

    boolean isMissing() {
        return id == null;
    }

    @Nullable
    String id() {
        return id;
    }

    /** Returns the subject it is compared by, null where there is none. */
    @Nullable
    String subject() {
        return ancestry == null ? null : ancestry.subject();
    }

    boolean isAnswer() {
        return ancestry != null && ancestry.isAnswer();
    }

    @Nullable
    Node parent() {
        return parent;
    }

    /** Says what it answers; children are known when all parents are. */
    void answers(@Nullable Node parent) {
        this.parent = parent;
        if (parent != null) {
            parent.everParent = true;
            group().group = parent.group();
        }
    }

    /** Returns one for all that were ever linked with each other, whether or not they still are. */
    Node group() {
        Node node = this;
        while (node.group != node) {
            node.group = node.group.group;
            node = node.group;
        }
        return node;
    }

    /** Returns whether something may have been below it. */
    boolean wasParent() {
        return everParent;
    }

    List<Node> children() {
        return children;
    }

    /** Forgets what is below it, to be hung up anew. */
    void clear() {
        children = NONE;
    }

    /** Hangs this below the nearest that is there, or below the root. Parents come first. */
    void hang() {
        Node next = parent;
        above = next != null && next.isMissing() && next.above != null ? next.above : next;
        if (above != null && !isMissing()) {
            above.add(this);
        }
    }

    void add(Node child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(2);
        }
        children.add(child);
    }

    /** Sorts by date; one that is missing has the date of its first child, so children must be sorted first. */
    static void sort(List<Node> siblings) {
        if (siblings.size() > 1) {
            siblings.sort(BY_DATE);
        }
    }

    /** Returns this, or the first child of one that is missing, which is never missing once a forest is pruned. */
    Node first() {
        return isMissing() && !children.isEmpty() ? children.get(0) : this;
    }

    /** Returns trees as a list, each node before its children. Hostile mail nests as deep as there are emails, so without recursion. */
    static List<Node> walk(Collection<Node> roots) {
        List<Node> walked = new ArrayList<>();
        Deque<Node> waiting = new ArrayDeque<>();
        for (Node root : roots) {
            waiting.push(root);
            while (!waiting.isEmpty()) {
                Node node = waiting.pop();
                walked.add(node);
                for (int i = node.children.size() - 1; i >= 0; i--) {
                    waiting.push(node.children.get(i));
                }
            }
        }
        return walked;
    }
}
