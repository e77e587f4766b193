package dev.steadymail.testkit.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A dialogue to play on one connection. Immutable. */
record Script(List<Line> lines) {

    /** After these nothing can be said any more. */
    private static final Set<String> LAST = Set.of("S: <close>", "S: <reset>", "C: <end>", "C: <any>");

    /** A line as it was written, its number from 1, and what it makes happen. */
    record Line(int number, String text, List<Step> steps) {}

    Script {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException if a line is not understood; the message has its number
     */
    static Script parse(String text) {
        List<Line> lines = new ArrayList<>();
        MarkerCheck markers = new MarkerCheck();
        String[] written = text.split("\\R", -1);
        for (int i = 0; i < written.length; i++) {
            String line = written[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line(i + 1, written[i].stripLeading(), lines, markers));
            }
        }
        return new Script(lines);
    }

    private static Line line(int number, String text, List<Line> before, MarkerCheck markers) {
        try {
            if (!before.isEmpty() && LAST.contains(before.get(before.size() - 1).text())) {
                throw new IllegalArgumentException("nothing can follow the line before");
            }
            markers.check(text);
            return new Line(number, text, steps(text));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "line " + number + " of the script, " + text + ": " + wrong.getMessage(), wrong);
        }
    }

    private static List<Step> steps(String text) {
        if (text.startsWith("C: ") || text.equals("C:")) {
            return ClientLine.steps(text.substring(Math.min(3, text.length())));
        }
        if (text.startsWith("S: ") || text.equals("S:")) {
            return ServerLine.steps(text.substring(Math.min(3, text.length())));
        }
        throw new IllegalArgumentException("lines begin with C: or S: and a space, comments with #");
    }

    /** The steps that name a pause, for the names that a test may use. */
    List<String> pauses() {
        return lines.stream()
                .flatMap(line -> line.steps().stream())
                .filter(Pause.class::isInstance)
                .map(step -> ((Pause) step).name())
                .toList();
    }

    boolean startsTls() {
        return lines.stream().flatMap(line -> line.steps().stream()).anyMatch(StartTls.class::isInstance);
    }

    /** Finds markers that stand for something the client has not sent yet. */
    private static final class MarkerCheck {
        private int tags;
        private int numbers;

        void check(String text) {
            boolean server = text.startsWith("S:");
            need(server && text.contains("<tag>"), tags >= 1, "no line before has C: <tag>");
            need(server && text.contains("<oldtag>"), tags >= 2, "no two lines before have C: <tag>");
            need(server && text.contains("<n>"), numbers >= 1, "no line before has C: ... <n>");
            need(text.contains("<octets n>"), numbers >= 1, "no line before has C: ... <n>");
            if (!server) {
                tags += text.contains("<tag>") ? 1 : 0;
                numbers += text.contains("<n>") ? 1 : 0;
            }
        }

        private static void need(boolean used, boolean known, String otherwise) {
            if (used && !known) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
