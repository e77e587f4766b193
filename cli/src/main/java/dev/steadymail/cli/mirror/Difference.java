package dev.steadymail.cli.mirror;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.EmailId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not on disk as it is at the server, or not as the index says.
 *
 * @param what the kind of difference
 * @param id the mirror's own id of the email, or null where it has none
 * @param providerId the provider's id, which {@code show} takes, or null where there is none
 * @param file the file below DIR, or null where it is not about a file
 * @param here what the mirror has
 * @param server what the server has
 */
public record Difference(
        What what,
        @Nullable String id,
        @Nullable EmailId providerId,
        @Nullable String file,
        List<String> here,
        List<String> server) {
    public Difference {
        here = List.copyOf(here);
        server = List.copyOf(server);
    }

    static Difference missing(EmailId id, List<String> mailboxes) {
        return new Difference(What.MISSING, null, id, null, List.of(), mailboxes);
    }

    static Difference gone(IndexEntry entry, @Nullable EmailId id) {
        return new Difference(What.GONE, entry.id(), id, null, entry.mailboxes(), List.of());
    }

    static Difference of(What what, IndexEntry entry, EmailId id, List<String> here, List<String> server) {
        return new Difference(what, entry.id(), id, null, here, server);
    }

    /** Returns a difference of a file, which {@code id} names unless it is null. */
    static Difference file(What what, @Nullable String id, String file) {
        return new Difference(what, id, null, file, List.of(), List.of());
    }

    /** Returns the difference as one line for people: kind, id and what differs, with tabs between; safe to print. */
    public String toText() {
        String named = id != null ? id : providerId != null ? providerId.value() : "-";
        return name() + "\t" + SafeText.line(named) + "\t" + (file != null ? SafeText.line(file) : sides());
    }

    /** Returns the difference as one line of JSON, keys in their documented order. */
    public String toJson() {
        return new JsonLine()
                .put("difference", name())
                .put("id", id)
                .put("providerId", providerId == null ? null : providerId.value())
                .put("file", file)
                .put("here", here)
                .put("server", server)
                .toString();
    }

    private String sides() {
        return switch (what) {
            case MISSING -> list(server);
            case GONE -> list(here);
            default -> "here " + list(here) + "; server " + list(server);
        };
    }

    private String name() {
        return what.text();
    }

    private static String list(List<String> values) {
        return values.isEmpty() ? "-" : SafeText.line(String.join(", ", values));
    }

    /** Kinds of differences, in the order of the report. */
    public enum What {
        /** At the server, not in the index. */
        MISSING,
        /** In the index, not at the server. */
        GONE,
        KEYWORDS,
        MAILBOXES,
        /** The server serves other octets than those on disk. */
        CONTENT,
        /** The server does not serve its octets, so that they cannot be compared. */
        UNREADABLE,
        /** The index names a file that is not there. */
        FILE_MISSING,
        /** A file's content is not what its name says. */
        FILE_DAMAGED,
        /** A message file that no line of the index names. */
        FILE_UNNAMED;

        /** Returns the name to print. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
