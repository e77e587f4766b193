package dev.steadymail.testkit.script;

import dev.steadymail.testkit.script.ScriptText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the lines of a script that say what the server does. */
final class ServerLine {

    private static final Set<String> ACTIONS = Set.of("close", "reset", "starttls", "wait");
    private static final Set<String> MANNERS = Set.of("drip", "repeat", "endless");
    private static final Set<String> MARKERS = Set.of(
            "close",
            "reset",
            "starttls",
            "wait",
            "drip",
            "repeat",
            "endless",
            "tag",
            "oldtag",
            "n",
            "octets",
            "literal",
            "open");

    private final List<Say.Piece> pieces = new ArrayList<>();
    private long repeats = 1;
    private boolean drip;
    private boolean open;

    private ServerLine() {}

    static List<Step> steps(String text) {
        List<Token> tokens = ScriptText.cut(text, MARKERS);
        if (tokens.size() == 1 && ACTIONS.contains(tokens.get(0).name())) {
            return List.of(action(tokens.get(0)));
        }
        ServerLine line = new ServerLine();
        tokens.forEach(line::add);
        if (!line.open) {
            line.pieces.add(text("\r\n"));
        }
        return List.of(new Say(List.copyOf(line.pieces), line.repeats, line.drip));
    }

    private static Step action(Token token) {
        return switch (token.name()) {
            case "close" -> Conversation::close;
            case "reset" -> Conversation::reset;
            case "starttls" -> new StartTls();
            default -> pause(token.argument());
        };
    }

    private static Step pause(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a pause needs a name: <wait name>");
        }
        return new Pause(name);
    }

    private void add(Token token) {
        String name = token.name();
        check(!open, "<open> stands at the end of a line");
        check(!ACTIONS.contains(name), "<" + name + "> stands alone in its line");
        check(pieces.isEmpty() || !MANNERS.contains(name), "<" + name + "> stands at the beginning of a line");
        switch (name) {
            case "drip" -> drip = true;
            case "repeat" -> repeats = token.count();
            case "endless" -> repeats = Say.ENDLESS;
            case "open" -> open = true;
            default -> pieces.add(piece(token));
        }
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static Say.Piece piece(Token token) {
        return switch (token.name()) {
            case "tag" -> (out, memory) -> out.write(memory.tag());
            case "oldtag" -> (out, memory) -> out.write(memory.oldTag());
            case "n" -> (out, memory) -> out.write(memory.number());
            case "octets" -> octets(token);
            case "literal" -> literal(ScriptText.octets(token.argument()));
            default -> text(token.argument());
        };
    }

    private static Say.Piece octets(Token token) {
        if (token.argument().equals("n")) {
            return (out, memory) -> out.fill(Long.parseLong(memory.number()));
        }
        long count = token.count();
        return (out, memory) -> out.fill(count);
    }

    private static Say.Piece literal(String content) {
        return text("{" + content.length() + "}\r\n" + content);
    }

    private static Say.Piece text(String octets) {
        return (out, memory) -> out.write(octets);
    }
}
