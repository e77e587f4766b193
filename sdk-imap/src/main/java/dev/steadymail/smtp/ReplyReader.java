package dev.steadymail.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies (RFC 5321 section 4.2) from octets that come in any pieces. A line has 2,048 octets at most, a reply 100 lines and 64
 * KiB, and all of its lines the same code; what is not so is not guessed at. Not thread-safe.
 */
final class ReplyReader {
    private static final int LONGEST_LINE = 2_048;
    private static final int MOST_LINES = 100;
    private static final int LONGEST_REPLY = 64 << 10;
    private static final int CODE = 3;

    /** The text may hold any octet, 0x85 among them, which for a pattern ends a line. */
    private static final Pattern LINE = Pattern.compile("[2-5][0-5][0-9](?:[ -].*)?", Pattern.DOTALL);

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private final List<String> lines = new ArrayList<>(4);
    private int octets;
    private int code;
    private boolean carriageReturn;

    /**
     * Takes octets up to the end of a reply; the rest stays in the buffer.
     *
     * @return the reply, or null where more octets are needed
     */
    @Nullable
    Reply read(ByteBuffer from) throws UnreadableReplyException {
        while (from.hasRemaining()) {
            byte octet = from.get();
            count();
            if (carriageReturn != (octet == '\n')) {
                throw new UnreadableReplyException("a line of the reply is not ended by CRLF");
            }
            if (octet == '\n') {
                carriageReturn = false;
                if (endLine()) {
                    return take();
                }
            } else if (octet == '\r') {
                carriageReturn = true;
            } else if (octet == 0) {
                throw new UnreadableReplyException("the reply holds NUL");
            } else {
                line.write(octet);
            }
        }
        return null;
    }

    /** Answers whether part of a reply has come. */
    boolean isAmidReply() {
        return octets > 0;
    }

    private void count() throws UnreadableReplyException {
        octets++;
        if (line.size() + 2 > LONGEST_LINE) {
            throw new UnreadableReplyException("a line of the reply is longer than " + LONGEST_LINE + " octets");
        }
        if (octets > LONGEST_REPLY) {
            throw new UnreadableReplyException("the reply is longer than " + LONGEST_REPLY + " octets");
        }
    }

    /** Answers whether it was the reply's last line. */
    private boolean endLine() throws UnreadableReplyException {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        if (!LINE.matcher(text).matches()) {
            throw new UnreadableReplyException("a line of the reply does not begin with a code");
        }
        int said = Integer.parseInt(text.substring(0, CODE));
        if (!lines.isEmpty() && said != code) {
            throw new UnreadableReplyException("the lines of the reply have different codes");
        }
        code = said;
        lines.add(text.length() > CODE ? text.substring(CODE + 1) : "");
        boolean last = text.length() == CODE || text.charAt(CODE) == ' ';
        if (!last && lines.size() == MOST_LINES) {
            throw new UnreadableReplyException("the reply has more than " + MOST_LINES + " lines");
        }
        return last;
    }

    private Reply take() {
        Reply reply = new Reply(code, lines);
        lines.clear();
        octets = 0;
        return reply;
    }
}
