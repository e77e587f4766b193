package dev.steadymail.jdbc;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Change.Relocated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a row of moves into groups in which no id occurs twice, so that the order inside a group does not matter and each step can
 * be one JDBC batch; the order of the groups does. Moves of one mailbox are usually one group.
 */
final class DisjointMoves {
    private DisjointMoves() {}

    static List<List<Relocated>> of(List<Relocated> moves) {
        List<List<Relocated>> groups = new ArrayList<>();
        List<Relocated> group = new ArrayList<>();
        Set<EmailId> ids = new HashSet<>();
        for (Relocated move : moves) {
            if (ids.contains(move.from()) || ids.contains(move.to())) {
                groups.add(group);
                group = new ArrayList<>();
                ids = new HashSet<>();
            }
            ids.add(move.from());
            ids.add(move.to());
            group.add(move);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
