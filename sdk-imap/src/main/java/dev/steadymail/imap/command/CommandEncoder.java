package dev.steadymail.imap.command;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns a command into what goes on the wire (RFC 3501 section 9, RFC 7888). What quotes can hold is quoted, the rest is a literal, and
 * the server is asked before a literal unless it said that it need not be. Immutable and thread-safe.
 */
public final class CommandEncoder {
    /** The longest literal that LITERAL- lets pass without a question (RFC 7888 section 5). */
    private static final int LITERAL_MINUS = 4096;

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9]{1,32}");
    /** Longer strings go as literals: some servers read a line into a buffer of their own. */
    private static final int LONGEST_QUOTED = 1000;

    private final boolean literalPlus;
    private final boolean literalMinus;
    private final boolean utf8;

    /**
     * Makes an encoder.
     *
     * @param literalPlus whether the server has LITERAL+
     * @param literalMinus whether the server has LITERAL-
     * @param utf8 whether UTF8=ACCEPT was enabled (RFC 6855)
     */
    public CommandEncoder(boolean literalPlus, boolean literalMinus, boolean utf8) {
        this.literalPlus = literalPlus;
        this.literalMinus = literalMinus;
        this.utf8 = utf8;
    }

    /**
     * Returns what to send, step by step.
     *
     * @param tag letters and digits, at most 32 of them
     */
    public List<Step> encode(String tag, Command command) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("a tag must be made of letters and digits");
        }
        Writer writer = new Writer();
        writer.ascii(tag).ascii(" ").ascii(command.name());
        boolean afterOpening = false;
        for (Argument argument : command.arguments()) {
            String words = argument instanceof Argument.Words some ? some.words() : "";
            writer.ascii(afterOpening || words.startsWith(")") ? "" : " ");
            write(writer, argument);
            afterOpening = words.endsWith("(");
        }
        return writer.ascii("\r\n").done();
    }

    private void write(Writer writer, Argument argument) {
        if (argument instanceof Argument.Words words) {
            writer.ascii(words.words());
        } else if (argument instanceof Argument.Flags flags) {
            writer.ascii(flags.flags());
        } else if (argument instanceof Argument.Text text) {
            byte[] octets = text.text().getBytes(StandardCharsets.UTF_8);
            string(writer, octets);
        } else if (argument instanceof Argument.Octets name) {
            byte[] octets = name.octets().getBytes(StandardCharsets.ISO_8859_1);
            string(writer, octets);
        } else if (argument instanceof Argument.Content content) {
            content(writer, content);
        }
    }

    private void string(Writer writer, byte[] octets) {
        if (octets.length <= LONGEST_QUOTED && (isAscii(octets) || (utf8 && isUtf8(octets)))) {
            writer.quoted(octets);
        } else {
            announce(writer, octets.length);
            writer.octets(octets);
        }
    }

    private void content(Writer writer, Argument.Content content) {
        // RFC 6855 section 4: a message with UTF-8 in its header is announced as such.
        writer.ascii(content.utf8() ? "UTF8 (~" : "");
        announce(writer, content.size());
        writer.content(content);
        writer.ascii(content.utf8() ? ")" : "");
    }

    /** What is long waits for consent even where it need not: what the server refuses then does not travel. */
    private void announce(Writer writer, long size) {
        boolean atOnce = (literalPlus || literalMinus) && size <= LITERAL_MINUS;
        writer.ascii("{" + size + (atOnce ? "+}\r\n" : "}\r\n"));
        if (!atOnce) {
            writer.consent();
        }
    }

    private static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .hasRemaining();
        } catch (CharacterCodingException noUtf8) {
            return false;
        }
    }

    /** What to do next to send a command. */
    public sealed interface Step {
        /** Send these, which may be secret; the buffer is the receiver's. */
        record Send(ByteBuffer octets) implements Step {
            @Override
            public String toString() {
                return "Send[" + octets.remaining() + "]";
            }
        }

        /** Wait until the server says to go on. */
        record AwaitConsent() implements Step {}

        /** Send exactly so many octets from a source. */
        record Stream(ContentSource source, long size) implements Step {
            @Override
            public String toString() {
                return "Stream[" + size + "]";
            }
        }
    }

    private static final class Writer {
        private final List<Step> steps = new ArrayList<>();
        private ByteArrayOutputStream octets = new ByteArrayOutputStream();

        Writer ascii(String text) {
            return octets(text.getBytes(StandardCharsets.US_ASCII));
        }

        Writer octets(byte[] more) {
            octets.writeBytes(more);
            return this;
        }

        void quoted(byte[] text) {
            octets.write('"');
            for (byte octet : text) {
                if (octet == '"' || octet == '\\') {
                    octets.write('\\');
                }
                octets.write(octet);
            }
            octets.write('"');
        }

        void consent() {
            flush();
            steps.add(new Step.AwaitConsent());
        }

        void content(Argument.Content content) {
            flush();
            steps.add(new Step.Stream(content.source(), content.size()));
        }

        List<Step> done() {
            flush();
            return List.copyOf(steps);
        }

        private void flush() {
            if (octets.size() > 0) {
                steps.add(new Step.Send(ByteBuffer.wrap(octets.toByteArray())));
                octets = new ByteArrayOutputStream();
            }
        }
    }
}
