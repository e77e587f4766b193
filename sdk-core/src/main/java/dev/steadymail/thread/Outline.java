package dev.steadymail.thread;

import dev.steadymail.thread.ComputedThread.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Writes a tree as a list with depths. A missing root is left out, and what is below it moves up. */
final class Outline {
    private final Deque<Step> waiting = new ArrayDeque<>();
    private final List<Member> members = new ArrayList<>();

    private Outline() {}

    static ComputedThread of(Node root) {
        Outline outline = new Outline();
        outline.waiting.push(new Step(root, 0));
        while (!outline.waiting.isEmpty()) {
            outline.take(outline.waiting.pop());
        }
        return new ComputedThread(outline.members);
    }

    private void take(Step step) {
        String id = step.node.id();
        if (id != null) {
            members.add(new Member(id, step.depth));
        }
        int below = id == null ? step.depth : step.depth + 1;
        List<Node> children = step.node.children();
        for (int i = children.size() - 1; i >= 0; i--) {
            waiting.push(new Step(children.get(i), below));
        }
    }

    private record Step(Node node, int depth) {}
}
