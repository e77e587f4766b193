package dev.steadymail.testkit.gmail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the structure of a message (RFC 2045, RFC 2046) without copying bodies. It never fails: what cannot be read as
 * structure is body. Nesting, parts and header fields are bounded.
 */
final class MimeReader {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_PARTS = 1_000;
    private static final int MAX_HEADERS = 2_000;

    private final byte[] source;
    private int parts;

    private MimeReader(byte[] source) {
        this.source = source;
    }

    static MimePart read(byte[] source) {
        return new MimeReader(source).part(0, source.length, 0, "text/plain");
    }

    /** Returns the parts of a multipart HTTP body whose {@code Content-Type} header stands outside of it. */
    static List<MimePart> readMultipart(String contentType, byte[] body) {
        String boundary = ContentType.parse(contentType).parameter("boundary");
        return new MimeReader(body).children(boundary, 0, body.length, 0, "text/plain");
    }

    /** Reads header fields and takes all the rest as body, whatever its type. */
    static MimePart readFlat(byte[] source) {
        List<MimeHeader> headers = new ArrayList<>();
        int bodyStart = new MimeReader(source).headers(0, source.length, headers);
        return new MimePart(source, bodyStart, source.length, headers, List.of(), "text/plain");
    }

    private MimePart part(int start, int end, int depth, String defaultType) {
        parts++;
        List<MimeHeader> headers = new ArrayList<>();
        int bodyStart = headers(start, end, headers);
        MimePart bare = new MimePart(source, bodyStart, end, headers, List.of(), defaultType);
        List<MimePart> children = depth >= MAX_DEPTH ? List.of() : children(bare, bodyStart, end, depth);
        return children.isEmpty() ? bare : new MimePart(source, bodyStart, end, headers, children, defaultType);
    }

    private List<MimePart> children(MimePart parent, int start, int end, int depth) {
        ContentType type = parent.contentType();
        if (type.isMultipart()) {
            String inner = type.mimeType().equals("multipart/digest") ? "message/rfc822" : "text/plain";
            return children(type.parameter("boundary"), start, end, depth, inner);
        }
        if (type.mimeType().equals("message/rfc822") && parent.isIdentityEncoded() && parts < MAX_PARTS) {
            return List.of(part(start, end, depth + 1, "text/plain"));
        }
        return List.of();
    }

    private List<MimePart> children(String boundary, int start, int end, int depth, String defaultType) {
        List<MimePart> found = new ArrayList<>();
        byte[] mark = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        int partStart = -1;
        for (int line = start; line < end && !boundary.isEmpty(); line = nextLine(line, end)) {
            Delimiter delimiter = delimiter(line, end, mark);
            if (delimiter == Delimiter.NONE) {
                continue;
            }
            if (partStart >= 0 && parts < MAX_PARTS) {
                found.add(part(partStart, Math.max(partStart, beforeLineBreak(line)), depth + 1, defaultType));
            }
            partStart = delimiter == Delimiter.CLOSE ? -1 : nextLine(line, end);
            if (delimiter == Delimiter.CLOSE) {
                break;
            }
        }
        if (partStart >= 0 && partStart < end && parts < MAX_PARTS) {
            found.add(part(partStart, end, depth + 1, defaultType)); // never closed: runs to the end
        }
        return List.copyOf(found);
    }

    private enum Delimiter {
        NONE,
        NEXT,
        CLOSE
    }

    private Delimiter delimiter(int line, int end, byte[] mark) {
        if (end - line < mark.length) {
            return Delimiter.NONE;
        }
        for (int i = 0; i < mark.length; i++) {
            if (source[line + i] != mark[i]) {
                return Delimiter.NONE;
            }
        }
        String rest = text(line + mark.length, lineEnd(line + mark.length, end)).strip();
        return rest.isEmpty() ? Delimiter.NEXT : rest.equals("--") ? Delimiter.CLOSE : Delimiter.NONE;
    }

    /** A header field still being put together from its lines. */
    private record Field(String name, StringBuilder value) {}

    /** Fills {@code headers} and returns where the body starts. */
    private int headers(int start, int end, List<MimeHeader> headers) {
        List<Field> fields = new ArrayList<>();
        int bodyStart = fields(start, end, fields);
        fields.forEach(field -> headers.add(
                new MimeHeader(field.name(), field.value().toString().strip())));
        return bodyStart;
    }

    private int fields(int start, int end, List<Field> fields) {
        int line = start;
        while (line < end && fields.size() < MAX_HEADERS) {
            int next = nextLine(line, end);
            String text = text(line, lineEnd(line, end));
            if (text.isEmpty()) {
                return next;
            }
            if (isContinuation(text) && !fields.isEmpty()) {
                fields.get(fields.size() - 1).value().append(text.stripTrailing());
            } else if (isField(text)) {
                fields.add(field(text));
            } else if (line != start || !text.startsWith("From ")) { // an mbox separator may come first
                return line;
            }
            line = next;
        }
        return line;
    }

    private static boolean isField(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && !line.substring(0, colon).strip().contains(" ");
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        String value = line.substring(colon + 1).strip();
        return new Field(line.substring(0, colon).strip(), new StringBuilder(value));
    }

    private static boolean isContinuation(String line) {
        return line.charAt(0) == ' ' || line.charAt(0) == '\t';
    }

    private int nextLine(int from, int end) {
        int at = from;
        while (at < end && source[at] != '\n') {
            at++;
        }
        return Math.min(end, at + 1);
    }

    private int lineEnd(int from, int end) {
        int next = nextLine(from, end);
        return next > from && source[next - 1] == '\n' ? Math.max(from, beforeLineBreak(next)) : next;
    }

    private int beforeLineBreak(int lineStart) {
        int at = lineStart - 1;
        return at > 0 && source[at - 1] == '\r' ? at - 1 : at;
    }

    private String text(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, from, Math.max(0, to - from)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(source, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    static boolean sameName(String a, String b) {
        return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }
}
