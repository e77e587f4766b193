package dev.steadymail.benchmarks.imap;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what was compared, and sorts what differs into explained classes and the rest. Not thread-safe. */
final class Differences {
    private final boolean showsValues;
    private final Map<Explained, Found> explained = new TreeMap<>();
    private final Map<String, Found> unexplained = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();
    private final Found unreadable = new Found();
    private final Found missing = new Found();
    private long messages;
    private long fields;
    private long equal;

    /** Values are those of private messages, so they are kept only where that is asked for. */
    Differences(boolean showsValues) {
        this.showsValues = showsValues;
    }

    /** Counts a message that Angus drops. */
    void unreadableByAngus(String place) {
        unreadable.add(place);
    }

    /** Counts a message that only Angus has. */
    void missing(String place) {
        missing.add(place);
    }

    /** Compares a message's fields; those whose names say that they belong to lists of unequal shape are on one side only, and left out. */
    void compare(String place, Map<String, @Nullable String> own, Map<String, @Nullable String> angus) {
        messages++;
        Set<String> names = new HashSet<>(own.keySet());
        names.retainAll(angus.keySet());
        for (String name : names) {
            int end = name.indexOf('#');
            compare(place, end < 0 ? name : name.substring(0, end), own.get(name), angus.get(name));
        }
    }

    private void compare(String place, String field, @Nullable String own, @Nullable String angus) {
        fields++;
        if (Objects.equals(own, angus)) {
            equal++;
            return;
        }
        Explained reason = Explained.of(field, own, angus);
        if (reason != null) {
            explained.computeIfAbsent(reason, unused -> new Found()).add(place);
            return;
        }
        unexplained.computeIfAbsent(field, unused -> new Found()).add(place);
        if (showsValues) {
            shown.add(place + "\t" + field + "\t" + own + "\t" + angus);
        }
    }

    /**
     * Prints one line each: {@code total NAME COUNT}, {@code explained CLASS COUNT EXAMPLE REASON}, {@code unexplained FIELD COUNT EXAMPLE} and, where
     * asked for, {@code value PLACE FIELD OWN ANGUS}; divided by tabs. An example is a mailbox and a UID.
     */
    void print(PrintStream out) {
        out.println("total\tmessages\t" + messages);
        out.println("total\tfields\t" + fields);
        out.println("total\tequal\t" + equal);
        out.println("total\tunreadable by Angus\t" + unreadable);
        out.println("total\tmissing\t" + missing);
        explained.forEach((reason, found) -> out.println("explained\t" + reason + "\t" + found + "\t" + reason.text()));
        unexplained.forEach((field, found) -> out.println("unexplained\t" + field + "\t" + found));
        shown.forEach(
                line -> out.println("value\t" + line.replace('\n', '\u240a').replace('\r', '\u240d')));
    }

    /** How often something was found, and where first. */
    private static final class Found {
        private long count;
        private String first = "";

        void add(String place) {
            first = count++ == 0 ? place : first;
        }

        @Override
        public String toString() {
            return count + "\t" + first;
        }
    }
}
