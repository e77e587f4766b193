package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a message (RFC 2046) without copying or decoding. Any bytes give some structure: broken multiparts end up with one
 * part, parts nested too deep become plain binary ones. Depth and number of parts are bounded.
 */
final class MimeReader {

    static final int MAX_DEPTH = 50;
    static final int MAX_PARTS = 1_000;

    private int parts;

    private MimeReader() {}

    static MimePart read(byte[] message) {
        return new MimeReader().entity(ByteSlice.of(message), ContentType.PLAIN, 0);
    }

    private MimePart entity(ByteSlice whole, ContentType fallback, int depth) {
        parts++;
        int headerEnd = headerEnd(whole);
        ByteSlice header = whole.part(0, headerEnd);
        ByteSlice body = whole.part(headerEnd, whole.length());
        HeaderFields fields = HeaderFields.read(header);
        ContentType type = depth < MAX_DEPTH ? type(fields, fallback) : ContentType.BINARY;
        return new MimePart(
                whole, header, body, fields, type, children(type, body, depth), embedded(type, body, depth));
    }

    private static ContentType type(HeaderFields fields, ContentType fallback) {
        String value = fields.first("Content-Type");
        ContentType type = value == null ? null : ContentType.read(value);
        return type == null ? fallback : type;
    }

    /** The header ends after the first empty line, or where the text does. */
    private static int headerEnd(ByteSlice whole) {
        int at = 0;
        while (at < whole.length() && !HeaderFields.isEmptyLine(whole, at)) {
            at = whole.lineEnd(at);
        }
        return whole.lineEnd(at);
    }

    private @Nullable MimePart embedded(ContentType type, ByteSlice body, int depth) {
        return type.is("message", "rfc822") ? entity(body, ContentType.PLAIN, depth + 1) : null;
    }

    private List<MimePart> children(ContentType type, ByteSlice body, int depth) {
        List<MimePart> children = new ArrayList<>();
        if (type.is("multipart")) {
            ContentType fallback = type.is("multipart", "digest") ? ContentType.MESSAGE : ContentType.PLAIN;
            for (ByteSlice part : split(body, type.parameter("boundary"))) {
                children.add(entity(part, fallback, depth + 1));
            }
        }
        return children;
    }

    /** Returns the text between delimiter lines; one empty part if there is none, as BODYSTRUCTURE needs at least one. */
    private List<ByteSlice> split(ByteSlice body, @Nullable String boundary) {
        List<ByteSlice> found = new ArrayList<>();
        int start = -1;
        boolean open = boundary != null && !boundary.isEmpty();
        for (int line = 0; open && line < body.length() && parts + found.size() < MAX_PARTS; ) {
            int next = body.lineEnd(line);
            Delimiter kind = Delimiter.of(body.part(line, next), String.valueOf(boundary));
            if (kind != Delimiter.NONE) {
                addPart(found, body, start, line);
                start = next;
                open = kind == Delimiter.NEXT;
            }
            line = next;
        }
        if (open && start >= 0) {
            found.add(body.part(start, body.length()));
        }
        return found.isEmpty() ? List.of(body.part(body.length(), body.length())) : found;
    }

    /** Adds what stands before a delimiter line; the line end before the delimiter belongs to it (RFC 2046 section 5.1.1). */
    private static void addPart(List<ByteSlice> found, ByteSlice body, int start, int delimiter) {
        if (start < 0) {
            return;
        }
        int end = delimiter;
        if (end > start && body.at(end - 1) == '\n') {
            end--;
        }
        if (end > start && body.at(end - 1) == '\r') {
            end--;
        }
        found.add(body.part(start, end));
    }

    private enum Delimiter {
        NONE,
        NEXT,
        LAST;

        static Delimiter of(ByteSlice line, String boundary) {
            int length = boundary.length() + 2;
            if (line.length() < length || line.at(0) != '-' || line.at(1) != '-') {
                return NONE;
            }
            if (!line.part(2, length).latin1().equals(boundary)) {
                return NONE;
            }
            String after = line.part(length, line.length()).latin1().stripTrailing();
            return after.startsWith("--") ? LAST : after.isEmpty() ? NEXT : NONE;
        }
    }
}
