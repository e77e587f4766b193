package dev.steadymail.testkit.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A command, split at its first space.
 *
 * @param verb in capitals
 * @param argument what follows the space; empty for none
 */
record CommandLine(String verb, String argument) {

    /**
     * Reads a line without its CRLF.
     *
     * @throws CommandRefusedException if it has control characters, or is not UTF-8
     */
    static CommandLine of(byte[] octets) {
        String text = text(octets);
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw CommandRefusedException.syntax(500, "5.5.2", "control characters");
        }
        int space = text.indexOf(' ');
        String verb = space < 0 ? text : text.substring(0, space);
        String argument = space < 0 ? "" : text.substring(space + 1);
        if (space >= 0 && argument.isEmpty()) {
            throw CommandRefusedException.syntax(501, "5.5.4", "a space without an argument");
        }
        return new CommandLine(verb.toUpperCase(Locale.ROOT), argument);
    }

    private static String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandRefusedException.syntax(500, "5.5.2", "not UTF-8");
        }
    }

    /** Insists on a command without argument. */
    void requireBare() {
        if (!argument.isEmpty()) {
            throw CommandRefusedException.syntax(501, "5.5.4", "no argument allowed");
        }
    }

    /** Returns the line as the log keeps it: credentials are replaced. */
    String logged() {
        if (argument.isEmpty()) {
            return verb;
        }
        int second = argument.indexOf(' ');
        boolean secret = verb.equals("AUTH") && second >= 0;
        return verb + " " + (secret ? argument.substring(0, second) + " <redacted>" : argument);
    }
}
