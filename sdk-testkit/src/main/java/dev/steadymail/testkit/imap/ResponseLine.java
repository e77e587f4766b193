package dev.steadymail.testkit.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One response while it is put together, with its literals marked. Not thread-safe. */
final class ResponseLine {

    /** Longer strings are sent as literals; some clients limit the length of a line. */
    private static final int MAX_QUOTED = 1_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Literal> literals = new ArrayList<>();

    record Literal(int start, int length) {}

    static ResponseLine untagged(String text) {
        return new ResponseLine().text("* ").text(text);
    }

    ResponseLine text(String ascii) {
        bytes.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    ResponseLine text(long number) {
        return text(Long.toString(number));
    }

    /** Adds NIL or a string; each character of {@code latin1} is one byte. */
    ResponseLine nstring(@Nullable String latin1) {
        return latin1 == null ? text("NIL") : string(latin1);
    }

    ResponseLine string(String latin1) {
        if (latin1.length() > MAX_QUOTED || latin1.chars().anyMatch(ResponseLine::isUnquotable)) {
            return literal(ByteSlice.of(latin1.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return text("\"" + latin1.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    ResponseLine literal(ByteSlice content) {
        text("{").text(content.length()).text("}\r\n");
        literals.add(new Literal(bytes.size(), content.length()));
        content.writeTo(bytes);
        return this;
    }

    /** Adds a mailbox name in modified UTF-7, always quoted. */
    ResponseLine mailbox(String name) {
        return string(ModifiedUtf7.encode(name));
    }

    List<Literal> literals() {
        return literals;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** QUOTED-CHAR is 7-bit text without CR and LF (RFC 3501 section 9). */
    private static boolean isUnquotable(int c) {
        return c == 0 || c == '\r' || c == '\n' || c > 0x7f;
    }
}
