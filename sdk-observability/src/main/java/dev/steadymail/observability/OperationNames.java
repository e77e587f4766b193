package dev.steadymail.observability;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of operations that may leave the process: those the SDK's own providers use, and what an application adds for a provider of
 * its own. All others are told as {@value #OTHER}, so that figures have few tags and no name can carry content. Immutable and
 * thread-safe.
 */
public final class OperationNames {
    /** Stands for every name that is not known. */
    public static final String OTHER = "other";

    /** The names of the SDK's own providers: IMAP's commands, SMTP, and the methods of Gmail's API as Google's reference has them. */
    public static final OperationNames STANDARD = new OperationNames(Set.of(
            "APPEND",
            "CAPABILITY",
            "CREATE",
            "DELETE",
            "IDLE",
            "LIST",
            "RENAME",
            "SELECT",
            "SMTP",
            "STATUS",
            "UID COPY",
            "UID EXPUNGE",
            "UID FETCH",
            "UID MOVE",
            "UID SEARCH",
            "UID STORE",
            "batch",
            "drafts.create",
            "drafts.delete",
            "drafts.list",
            "drafts.send",
            "drafts.update",
            "getProfile",
            "history.list",
            "labels.create",
            "labels.delete",
            "labels.list",
            "labels.patch",
            "messages.attachments.get",
            "messages.batchModify",
            "messages.delete",
            "messages.get",
            "messages.insert",
            "messages.list",
            "messages.modify",
            "messages.send",
            "settings.filters.create",
            "settings.filters.delete",
            "settings.filters.list",
            "settings.getVacation",
            "settings.sendAs.list",
            "settings.updateVacation",
            "threads.get",
            "upload.piece",
            "upload.status",
            "watch"));

    private static final int MOST = 256;

    private final Set<String> names;

    private OperationNames(Set<String> names) {
        this.names = names;
    }

    /**
     * Returns these names and more.
     *
     * @param more names that tell nothing of anybody's mail, letters, digits, dots, hyphens, underscores and spaces, 1 to 64 each, such as
     *     {@code folders.delta}; 256 together at most
     */
    public OperationNames with(Collection<String> more) {
        Set<String> all = new HashSet<>(names);
        for (String name : more) {
            if (!name.matches("[A-Za-z][A-Za-z0-9._ -]{0,63}")) {
                throw new IllegalArgumentException(
                        "an operation's name has 1 to 64 letters, digits, dots, hyphens, underscores or spaces");
            }
            all.add(name);
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException("at most 256 names may be told apart, these are " + all.size());
        }
        return new OperationNames(Set.copyOf(all));
    }

    /** Returns what an operation is told as. */
    public String of(String operation) {
        return names.contains(operation) ? operation : OTHER;
    }

    /** Returns the names. */
    public Set<String> known() {
        return names;
    }
}
