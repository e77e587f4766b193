package dev.steadymail.thread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Joins trees whose roots have the same subject: step 5 of RFC 5256's REFERENCES. */
final class SubjectMerge {
    private final Map<String, Node> bySubject = new HashMap<>();
    private final Set<Node> roots;

    private SubjectMerge(List<Node> sortedRoots) {
        this.roots = new LinkedHashSet<>(sortedRoots);
    }

    /** Returns the roots that are left. */
    static List<Node> merge(List<Node> sortedRoots) {
        SubjectMerge merge = new SubjectMerge(sortedRoots);
        sortedRoots.forEach(merge::propose);
        sortedRoots.forEach(merge::join);
        return new ArrayList<>(merge.roots);
    }

    /** The first of a subject stands for it, unless one comes that is nearer to the beginning of the conversation. */
    private void propose(Node root) {
        String subject = root.first().subject();
        if (subject != null) {
            bySubject.merge(subject, root, (chosen, other) -> isNearer(other, chosen) ? other : chosen);
        }
    }

    private static boolean isNearer(Node other, Node chosen) {
        return !chosen.isMissing() && (other.isMissing() || (chosen.isAnswer() && !other.isAnswer()));
    }

    private void join(Node root) {
        String subject = root.first().subject();
        Node chosen = subject == null ? root : bySubject.getOrDefault(subject, root);
        if (subject == null || chosen == root) {
            return;
        }
        roots.remove(root);
        if (chosen.isMissing()) {
            List<Node> siblings = root.isMissing() ? root.children() : List.of(root);
            siblings.forEach(chosen::add);
        } else if (root.first().isAnswer() && !chosen.first().isAnswer()) {
            chosen.add(root);
        } else {
            Node common = new Node();
            common.add(root);
            common.add(chosen);
            roots.remove(chosen);
            roots.add(common);
            bySubject.put(subject, common);
        }
    }
}
