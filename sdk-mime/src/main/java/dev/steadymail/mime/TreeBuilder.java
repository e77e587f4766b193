package dev.steadymail.mime;

import dev.steadymail.mime.header.Charsets;
import dev.steadymail.mime.header.ParameterList;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.io.MaxLineLimitException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/** Makes the tree of one message from mime4j's tokens. Used once, by one thread. */
final class TreeBuilder {
    /** RFC 2046 section 5.1.1 allows 70; searching for long ones that nearly match costs their length for each octet. */
    private static final int LONGEST_BOUNDARY = 100;

    static final String CONTENT_TYPE = "Content-Type";

    private final MimeLimits limits;
    private final Set<MimeLimit> reached = EnumSet.noneOf(MimeLimit.class);
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable ParsedPart root;
    private int parts;
    private long room;

    TreeBuilder(MimeLimits limits) {
        this.limits = limits;
        this.room = limits.maxContentBytes();
    }

    void read(InputStream message) throws IOException {
        MimeTokenStream tokens = tokens(limits, reached);
        tokens.parse(BareCarriageReturns.replaced(message));
        try {
            EntityState state = tokens.getState();
            while (state != EntityState.T_END_OF_STREAM && !reached.contains(MimeLimit.PARTS)) {
                token(state, tokens);
                state = tokens.next();
            }
        } catch (MaxLineLimitException tooLong) {
            reached.add(MimeLimit.LINE);
        } catch (MimeException unexpected) {
            if (unexpected.getCause() instanceof MaxLineLimitException) {
                reached.add(MimeLimit.LINE);
                return;
            }
            throw new IOException("mime4j gave up on a message", unexpected);
        }
    }

    /** Returns a stream of tokens that enters no embedded message and tells of header fields that it cuts or leaves out. */
    static MimeTokenStream tokens(MimeLimits limits, Set<MimeLimit> reached) {
        MimeConfig config = new MimeConfig.Builder()
                .setStrictParsing(false)
                .setMaxLineLen(limits.maxHeadersBytes())
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(-1)
                .setMaxContentLen(-1)
                .build();
        MimeTokenStream tokens =
                new MimeTokenStream(config, DecodeMonitor.SILENT, new BoundedFields(limits, reached), null);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        return tokens;
    }

    private void token(EntityState state, MimeTokenStream tokens) throws IOException {
        switch (state) {
            case T_START_MESSAGE -> begin("", tokens);
            case T_START_BODYPART -> beginPart(tokens);
            case T_FIELD -> field(tokens);
            case T_BODY -> body(decoded(tokens));
            case T_PREAMBLE -> body(tokens.getInputStream());
            case T_END_BODYPART, T_END_MESSAGE -> end(tokens);
            default -> {
                // Epilogues are for readers without MIME.
            }
        }
    }

    private void beginPart(MimeTokenStream tokens) {
        if (++parts > limits.maxParts()) {
            reached.add(MimeLimit.PARTS);
            return;
        }
        Open parent = open.getLast();
        room += parent.content.size();
        parent.content = Content.EMPTY;
        String number = Integer.toString(parent.children.size() + 1);
        begin(parent.partId.isEmpty() ? number : parent.partId + "." + number, tokens);
    }

    private void begin(String partId, MimeTokenStream tokens) {
        open.addLast(new Open(partId));
        tokens.setRecursionMode(mode());
    }

    private RecursionMode mode() {
        return open.size() > limits.maxDepth() ? RecursionMode.M_FLAT : RecursionMode.M_NO_RECURSE;
    }

    private void field(MimeTokenStream tokens) {
        String name = tokens.getField().getName();
        String value = value(tokens);
        open.getLast().fields.add(new MimeHeaders.Field(name, value));
        if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            contentType(value, tokens);
        }
    }

    private void contentType(String value, MimeTokenStream tokens) {
        Open part = open.getLast();
        if (!part.typed) {
            part.typed = true;
            part.digest = ParameterList.parse(value).value().equals("multipart/digest");
        }
        if (hasLongBoundary(tokens.getField())) {
            reached.add(MimeLimit.BOUNDARY);
            tokens.setRecursionMode(RecursionMode.M_FLAT);
        }
    }

    /** Looks at the field as mime4j does, and at all boundaries that it states: which of them counts is mime4j's affair. */
    static boolean hasLongBoundary(Field field) {
        RawBody body = RawFieldParser.DEFAULT.parseRawBody(
                field instanceof RawField raw ? raw : new RawField(CONTENT_TYPE, field.getBody()));
        return body.getParams().stream()
                .anyMatch(parameter -> parameter.getName() != null
                        && parameter.getName().toLowerCase(Locale.ROOT).startsWith("boundary")
                        && parameter.getValue() != null
                        && parameter.getValue().length() > LONGEST_BOUNDARY);
    }

    /** Octets beyond ASCII are UTF-8 (RFC 6532) or what old senders wrote. */
    static String value(MimeTokenStream tokens) {
        var raw = tokens.getField().getRaw();
        if (raw == null) {
            return tokens.getField().getBody();
        }
        int colon = 0;
        while (colon < raw.length() && raw.byteAt(colon) != ':') {
            colon++;
        }
        byte[] octets = raw.toByteArray();
        int from = Math.min(colon + 1, octets.length);
        byte[] value = new byte[octets.length - from];
        System.arraycopy(octets, from, value, 0, value.length);
        return Charsets.decode(value, null).strip();
    }

    private static InputStream decoded(MimeTokenStream tokens) {
        String encoding = tokens.getBodyDescriptor().getTransferEncoding();
        return "base64".equalsIgnoreCase(encoding)
                ? new LenientBase64(tokens.getInputStream())
                : tokens.getDecodedInputStream();
    }

    /** A multipart's preamble is kept until its parts come. */
    private void body(InputStream decoded) throws IOException {
        Open part = open.getLast();
        part.content = Content.read(decoded, room);
        room -= part.content.size();
        if (part.content.isCut()) {
            reached.add(MimeLimit.CONTENT);
        }
    }

    private void end(MimeTokenStream tokens) {
        close();
        if (!open.isEmpty()) {
            tokens.setRecursionMode(mode());
        }
    }

    private void close() {
        Open ended = open.removeLast();
        Open parent = open.peekLast();
        ParsedPart part = ended.part(parent != null && parent.digest, parent == null);
        if (part.isMultipart() && open.size() >= limits.maxDepth()) {
            reached.add(MimeLimit.DEPTH);
        }
        if (parent == null) {
            root = part;
        } else {
            parent.children.add(part);
        }
    }

    /** Ends what the message, or a limit, left open. */
    ParsedEmail email() {
        while (!open.isEmpty()) {
            close();
        }
        ParsedPart read = root;
        return new ParsedEmail(
                read == null ? new ParsedPart("1", new MimeHeaders(List.of()), false, Content.EMPTY, List.of()) : read,
                reached);
    }

    /** A part that is being read. */
    private static final class Open {
        private final String partId;
        private final List<MimeHeaders.Field> fields = new ArrayList<>();
        private final List<ParsedPart> children = new ArrayList<>();
        private Content content = Content.EMPTY;
        private boolean typed;
        private boolean digest;

        Open(String partId) {
            this.partId = partId;
        }

        ParsedPart part(boolean inDigest, boolean outermost) {
            MimeHeaders headers = new MimeHeaders(fields);
            ParsedPart part = new ParsedPart(
                    outermost && children.isEmpty() ? "1" : partId, headers, inDigest, content, children);
            return part.isMultipart() && children.isEmpty() && content.size() > 0 ? around(headers) : part;
        }

        /** A multipart in which no boundary was found is shown as the text that it holds. */
        private ParsedPart around(MimeHeaders headers) {
            String number = partId.isEmpty() ? "1" : partId + ".1";
            ParsedPart text = new ParsedPart(number, new MimeHeaders(List.of()), false, content, List.of());
            return new ParsedPart(partId, headers, false, Content.EMPTY, List.of(text));
        }
    }
}
