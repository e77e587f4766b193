package dev.steadymail.benchmarks.scale;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's octets into commands, as Latin-1 text without the line end. A literal (RFC 3501 section 4.3, and without waiting,
 * RFC 7888) becomes a quoted string in its place. Holds nothing between two commands.
 */
final class CommandLines {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,5})(\\+?)}$");
    private static final int LONGEST = 64 * 1024;

    private @Nullable StringBuilder partial;
    private int literalLeft;

    /**
     * Returns the next whole command, or null where more octets are needed.
     *
     * @param out takes the request to go on, where the client waits for one
     * @throws IllegalStateException if a command is longer than 64 KiB
     */
    @Nullable
    String next(ByteBuffer in, StringBuilder out) {
        StringBuilder line = partial == null ? new StringBuilder() : partial;
        partial = null;
        while (in.hasRemaining()) {
            char octet = (char) (in.get() & 0xff);
            if (literalLeft > 0) {
                takeLiteral(line, octet);
            } else if (octet == '\n') {
                String text = ended(line, out);
                if (text != null) {
                    return text;
                }
            } else {
                line.append(octet);
            }
            if (line.length() > LONGEST) {
                throw new IllegalStateException("a command is longer than " + LONGEST + " octets");
            }
        }
        partial = line.isEmpty() ? null : line;
        return null;
    }

    private void takeLiteral(StringBuilder line, char octet) {
        if (octet == '"' || octet == '\\') {
            line.append('\\');
        }
        line.append(octet);
        literalLeft--;
        if (literalLeft == 0) {
            line.append('"');
        }
    }

    /** The line goes on where it ends with a literal's length. */
    private @Nullable String ended(StringBuilder line, StringBuilder out) {
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        Matcher literal = LITERAL.matcher(line);
        if (!literal.find()) {
            return line.toString();
        }
        literalLeft = Integer.parseInt(literal.group(1));
        boolean waits = literal.group(2).isEmpty();
        line.setLength(literal.start());
        line.append(literalLeft == 0 ? "\"\"" : "\"");
        if (waits) {
            out.append("+ go on\r\n");
        }
        return null;
    }
}
