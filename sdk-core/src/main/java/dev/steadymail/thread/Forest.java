package dev.steadymail.thread;

import java.util.ArrayList;
import java.util.List;

/** Takes messages that nobody has out of trees, and sorts: steps 3, 4 and 6 of RFC 5256's REFERENCES. */
final class Forest {
    private Forest() {}

    /** Returns the trees without missing messages, but for a root that holds several together. */
    static List<Node> pruned(List<Node> roots) {
        List<Node> walked = Node.walk(roots);
        walked.forEach(Node::clear);
        walked.forEach(Node::hang);
        List<Node> kept = new ArrayList<>();
        for (Node root : roots) {
            if (!root.isMissing() || root.children().size() > 1) {
                kept.add(root);
            } else {
                kept.addAll(root.children());
            }
        }
        return kept;
    }

    /** Sorts all siblings by date, and the roots. */
    static void sort(List<Node> roots) {
        List<Node> walked = Node.walk(roots);
        for (int i = walked.size() - 1; i >= 0; i--) {
            Node.sort(walked.get(i).children());
        }
        Node.sort(roots);
    }
}
