package dev.steadymail.testkit.imap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a connection: whole commands, literals included, within bounds. Asks for synchronizing literals by itself (RFC 3501
 * section 7.5).
 */
final class CommandInput {

    static final int MAX_LINE_BYTES = 64 * 1024;
    static final int MAX_LITERAL_BYTES = 64 * 1024 * 1024;

    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})(\\+?)}$");

    private final ResponseWriter writer;
    private final boolean literalPlus;
    private InputStream in;

    CommandInput(InputStream in, ResponseWriter writer, boolean literalPlus) {
        this.in = new BufferedInputStream(in);
        this.writer = writer;
        this.literalPlus = literalPlus;
    }

    /** A command as received. */
    static final class RawCommand {
        private final byte[] bytes;
        private final String text;

        RawCommand(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }

        /** Returns the command with its literals in place, without the last CRLF. */
        byte[] bytes() {
            return bytes;
        }

        /** Returns the lines only; of literals no more than their announcement. */
        String text() {
            return text;
        }
    }

    /** Continues on the encrypted stream; what was buffered in plain is dropped, as anyone could have put it there. */
    void switchTo(InputStream encrypted) {
        in = new BufferedInputStream(encrypted);
    }

    /** Returns the next command, or null at the end of the stream. */
    @Nullable
    RawCommand readCommand() throws IOException {
        while (true) {
            String line = readLine();
            if (line == null) {
                return null;
            }
            RawCommand command = finish(line);
            if (command != null) {
                return command;
            }
        }
    }

    /** Reads the literals of a command; null if one was refused, which ends the command. */
    private @Nullable RawCommand finish(String firstLine) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        String line = firstLine;
        while (true) {
            bytes.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            text.append(line);
            Matcher literal = LITERAL.matcher(line);
            if (!literal.find()) {
                return new RawCommand(bytes.toByteArray(), text.toString());
            }
            boolean waits = literal.group(2).isEmpty();
            long length = Long.parseLong(literal.group(1));
            if (!accept(firstLine, length + bytes.size(), waits)) {
                return null;
            }
            bytes.writeBytes(new byte[] {'\r', '\n'});
            bytes.writeBytes(readLiteral((int) length));
            line = requireLine();
        }
    }

    private boolean accept(String firstLine, long length, boolean waits) throws IOException {
        String tag = firstLine.substring(0, Math.max(firstLine.indexOf(' '), 0));
        if (!waits && !literalPlus) {
            // The octets of the literal follow and would be taken for commands.
            throw bye(tag, Completion.bad("this server has no LITERAL+"));
        }
        if (length <= MAX_LITERAL_BYTES) {
            if (waits) {
                writer.continuation("go ahead");
                writer.flush();
            }
            return true;
        }
        Completion tooBig = Completion.no("TOOBIG", "literals end at " + MAX_LITERAL_BYTES + " octets");
        if (!waits) {
            throw bye(tag, tooBig);
        }
        writer.tagged(tag, tooBig);
        writer.flush();
        return false;
    }

    private ConnectionCutException bye(String tag, Completion completion) throws IOException {
        writer.tagged(tag, completion);
        writer.untagged("BYE cannot go on after this");
        writer.flush();
        return new ConnectionCutException(completion.text());
    }

    private byte[] readLiteral(int length) throws IOException {
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("connection ended inside a literal");
        }
        return content;
    }

    /** Returns the next line without its CRLF, one character per byte, or null at the end of the stream. */
    @Nullable
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int previous = -1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n' && previous == '\r') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.substring(0, text.length() - 2);
            }
            if (line.size() > MAX_LINE_BYTES) {
                throw bye("*", Completion.bad("lines end at " + MAX_LINE_BYTES + " octets"));
            }
            previous = next;
        }
        return null;
    }

    String requireLine() throws IOException {
        String line = readLine();
        if (line == null) {
            throw new EOFException("connection ended inside a command");
        }
        return line;
    }

    /** Reads and forgets everything until the client closes. */
    void swallow() throws IOException {
        byte[] buffer = new byte[8192];
        int read = in.read(buffer);
        while (read >= 0) {
            read = in.read(buffer);
        }
    }
}
