package dev.steadymail.imap.command;

import dev.steadymail.imap.redact.CommandWords;
import dev.steadymail.imap.redact.LineText;
import dev.steadymail.imap.redact.Words;
import java.nio.charset.StandardCharsets;

/** A command as a log shows it. What an argument is, and not what it looks like, decides whether it is shown. */
final class RedactedCommand {
    private final LineText line = new LineText();

    RedactedCommand(String tag, Command command) {
        line.word(tag);
        for (String word : command.name().split(" ")) {
            String known = Words.COMMANDS.find(word);
            line.word(" ");
            if (known == null) {
                line.length(word.length());
            } else {
                line.word(known);
            }
        }
        switch (command.name()) {
            case "LOGIN" ->
                command.arguments().forEach(argument -> line.word(" ").secret());
            case "AUTHENTICATE" -> command.arguments().forEach(this::mechanism);
            default -> arguments(command);
        }
    }

    String line() {
        return line.toString();
    }

    private void mechanism(Argument argument) {
        line.word(" ");
        if (argument instanceof Argument.Words words) {
            CommandWords.addMechanism(line, words.words());
        } else {
            line.secret();
        }
    }

    private void arguments(Command command) {
        for (Argument argument : command.arguments()) {
            line.word(" ");
            if (argument instanceof Argument.Words words) {
                CommandWords.add(line, words.words());
            } else if (argument instanceof Argument.Flags flags) {
                CommandWords.addFlags(line, flags.flags());
            } else if (argument instanceof Argument.Text text) {
                line.length(text.text().getBytes(StandardCharsets.UTF_8).length);
            } else if (argument instanceof Argument.Octets name) {
                line.length(name.octets().length());
            } else if (argument instanceof Argument.Content content) {
                line.literal(content.size());
            }
        }
    }
}
