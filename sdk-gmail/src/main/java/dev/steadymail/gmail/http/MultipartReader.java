package dev.steadymail.gmail.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/mixed} answer (RFC 2046 section 5.1) part by part as it comes, holding no part. Lines may end in CRLF or
 * LF. Used by one thread.
 */
public final class MultipartReader {
    /** The most octets of one header, and the most header fields of a part. */
    private static final int MAX_LINE = 8_192;

    private static final int MAX_FIELDS = 100;
    private static final int BUFFER = 16_384;
    private static final Pattern BOUNDARY = Pattern.compile(
            "^multipart/mixed\\s*;(?:.*;)?\\s*boundary\\s*=\\s*(?:\"([^\"\\r\\n]{1,70})\"|([^\\s;\"]{1,70}))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern STATUS = Pattern.compile("^HTTP/[0-9.]{1,5} ([1-9][0-9]{2})(?: |$)");

    private final InputStream in;
    /** Starts a line that ends a part. */
    private final byte[] delimiter;

    private final String separator;
    private final byte[] buffer;
    private int at;
    private int end;
    private boolean ended;
    private boolean inPart;

    private MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.separator = "--" + boundary;
        this.delimiter = ("\n" + separator).getBytes(StandardCharsets.ISO_8859_1);
        this.buffer = new byte[BUFFER];
        // A delimiter may be the first line; what stands before is the preamble.
        this.buffer[0] = '\n';
        this.end = 1;
        this.inPart = true;
    }

    /**
     * Opens an answer.
     *
     * @param contentType the answer's {@code Content-Type}
     * @throws IOException where it is no multipart answer
     */
    public static MultipartReader of(InputStream in, @Nullable String contentType) throws IOException {
        Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType.strip());
        if (!matcher.find()) {
            throw new IOException("the answer is not multipart/mixed with a boundary");
        }
        return new MultipartReader(in, matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }

    /**
     * Goes on to the next part and returns the fields of its header, by name without regard to case; null after the last part.
     *
     * @throws EOFException where the answer ends before its closing delimiter
     */
    public @Nullable Map<String, String> next() throws IOException {
        while (inPart) {
            skip();
        }
        if (ended) {
            return null;
        }
        if (isLast()) {
            ended = true;
            return null;
        }
        Map<String, String> fields = fields();
        inPart = true;
        return fields;
    }

    /**
     * Reads the head of the answer that is the content of an {@code application/http} part (RFC 9112 section 2.1); its body is what
     * {@link #content} goes on with.
     */
    public HttpHead httpHead() throws IOException {
        Matcher status = STATUS.matcher(line());
        if (!status.find()) {
            throw new IOException("a part of the answer does not begin with an HTTP status line");
        }
        return new HttpHead(Integer.parseInt(status.group(1)), fields());
    }

    /**
     * What stands before the body of an answer.
     *
     * @param status of 100 to 999
     * @param fields by name without regard to case
     */
    public record HttpHead(int status, Map<String, String> fields) {}

    /** Returns the content of the part reached last; good until the next one. Closing it does nothing. */
    public InputStream content() {
        return new Content();
    }

    /** Reads what follows a delimiter; nothing need follow the last one. */
    private boolean isLast() throws IOException {
        while (end - at < 2) {
            fill();
        }
        if (buffer[at] == '-' && buffer[at + 1] == '-') {
            return true;
        }
        var unused = line();
        return false;
    }

    /** Reads header fields up to the empty line, which every part has; also those inside of an {@code application/http} part. */
    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int count = 0; ; count++) {
            String line = line();
            if (line.isEmpty()) {
                return fields;
            }
            if (line.startsWith(separator)) {
                throw new IOException("a part of the answer ends within its header");
            }
            if (count >= MAX_FIELDS) {
                throw new IOException("a part of the answer has more than " + MAX_FIELDS + " header fields");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
    }

    /** Returns the rest of the line without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (at == end) {
                fill();
            }
            int octet = buffer[at++] & 0xff;
            if (octet == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("a line of a part's header is longer than " + MAX_LINE + " octets");
            }
            line.append((char) octet);
        }
    }

    private void skip() throws IOException {
        int count = ofPart();
        if (count < 0) {
            inPart = false;
        } else {
            at += count;
        }
    }

    /** Returns how many octets at hand surely belong to the part, at least 1; -1 where its delimiter has just been passed. */
    private int ofPart() throws IOException {
        while (true) {
            int found = indexOfDelimiter();
            if (found > at) {
                return found - at;
            }
            if (end - at >= delimiter.length) {
                at += delimiter.length;
                return -1;
            }
            fill();
        }
    }

    /** Returns where the delimiter, or what may be the beginning of it, starts; the end of what is at hand where there is none. */
    private int indexOfDelimiter() {
        for (int from = at; from < end; from++) {
            if (buffer[from] == '\n' && matches(from)) {
                return from;
            }
        }
        return end;
    }

    private boolean matches(int from) {
        int length = Math.min(delimiter.length, end - from);
        for (int i = 1; i < length; i++) {
            if (buffer[from + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new EOFException("the multipart answer ended before its last delimiter");
        }
        end += count;
    }

    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = inPart ? ofPart() : -1;
            if (count < 0) {
                inPart = false;
                return -1;
            }
            int copied = Math.min(count, length);
            System.arraycopy(buffer, at, target, offset, copied);
            at += copied;
            return copied;
        }
    }
}
