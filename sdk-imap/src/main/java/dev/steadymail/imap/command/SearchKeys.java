package dev.steadymail.imap.command;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What SEARCH is to find (RFC 3501 section 6.4.4): all keys hold together, and none means all messages. Immutable; each method returns a
 * longer copy.
 */
public final class SearchKeys {
    /** No key: all messages. */
    public static final SearchKeys ALL = new SearchKeys(Command.named("SEARCH"));

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);

    private final Command keys;

    private SearchKeys(Command keys) {
        this.keys = keys;
    }

    /**
     * Adds keys that bring no text, {@code UNSEEN} or {@code OR LARGER 1000 FLAGGED} for example.
     *
     * @throws IllegalArgumentException see {@link Command#words}
     */
    public SearchKeys key(String words) {
        return new SearchKeys(keys.words(words));
    }

    /** Adds a set of UIDs that fits a line. */
    public SearchKeys uids(String set) {
        return new SearchKeys(keys.words("UID").uids(set));
    }

    /** Adds a flag of a user, with it or without it. */
    public SearchKeys keyword(String flag, boolean set) {
        return new SearchKeys(keys.words(set ? "KEYWORD" : "UNKEYWORD").keyword(flag));
    }

    /**
     * Adds a key with a text, {@code SUBJECT} or {@code HEADER Message-ID} for example.
     *
     * @throws IllegalArgumentException where the text holds CR, LF or NUL
     */
    public SearchKeys text(String key, String text) {
        return new SearchKeys(keys.words(key).text(text));
    }

    /** Adds a day since which, or before which, the server received a message; in the server's time zone. */
    public SearchKeys received(boolean since, LocalDate day) {
        return new SearchKeys(keys.words((since ? "SINCE " : "BEFORE ") + DAY.format(day)));
    }

    /** Adds what one types into the search field of Gmail; the server needs X-GM-EXT-1. */
    public SearchKeys gmail(String query) {
        return text("X-GM-RAW", query);
    }

    /** Adds changes after a mod-sequence; the server needs CONDSTORE (RFC 7162 section 3.1.5). */
    public SearchKeys modSeq(long least) {
        return new SearchKeys(keys.words("MODSEQ " + least));
    }

    /** Answers whether all texts are ASCII, and so need no charset. */
    boolean isAscii() {
        return keys.arguments().stream()
                .allMatch(argument -> !(argument instanceof Argument.Text text)
                        || text.text().chars().allMatch(c -> c < 0x80));
    }

    Command addTo(Command command) {
        boolean none = keys.arguments().equals(List.of());
        return none ? command.words("ALL") : command.argumentsOf(keys);
    }

    /** Texts are content. */
    @Override
    public String toString() {
        return "SearchKeys[" + keys.arguments().size() + "]";
    }
}
