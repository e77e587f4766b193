package dev.steadymail.testkit.script;

import dev.steadymail.testkit.script.ScriptText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a script that say what the client must send. */
final class ClientLine {

    private static final Set<String> MARKERS = Set.of("tag", "n", "octets", "literal", "end", "any", ScriptText.REST);

    private final List<Step> steps = new ArrayList<>();
    private LinePattern.Builder part = new LinePattern.Builder();

    private ClientLine() {}

    static List<Step> steps(String text) {
        List<Token> tokens = ScriptText.cut(text, MARKERS);
        if (text.equals("<end>")) {
            return List.of(new ExpectEnd());
        }
        if (text.equals("<any>")) {
            return List.of(Conversation::tolerateMore);
        }
        ClientLine line = new ClientLine();
        tokens.forEach(line::add);
        line.steps.add(new ExpectLine(line.part.build()));
        return line.steps;
    }

    private void add(Token token) {
        switch (token.name()) {
            case "end", "any" -> throw new IllegalArgumentException("<" + token.name() + "> stands alone in its line");
            case "octets" -> addOctets(token);
            case "literal" -> addLiteral(token.argument().isEmpty() ? null : ScriptText.octets(token.argument()));
            default -> part.add(token);
        }
    }

    private void addOctets(Token token) {
        if (!part.isEmpty() || !steps.isEmpty()) {
            throw new IllegalArgumentException("<octets> stands at the beginning of a line");
        }
        steps.add(token.argument().equals("n") ? new SkipOctets(null) : new SkipOctets(token.count()));
    }

    private void addLiteral(@Nullable String content) {
        steps.add(new ExpectLine(part.announcing(content).build()));
        steps.add(new AcceptLiteral(content));
        part = new LinePattern.Builder();
    }
}
