package dev.steadymail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Finds the first {@code multipart/signed} of a message and takes its parts as raw octets. It may stand below others, as mailing lists put
 * their footer beside it; embedded messages are not looked into. Used once, by one thread.
 */
final class SignedReader {
    private final MimeLimits limits;
    private final List<Content> raw = new ArrayList<>();
    private final List<MimeHeaders.Field> types = new ArrayList<>();
    private long room;
    private int depth;
    private int parts;
    private boolean inSigned;

    SignedReader(MimeLimits limits) {
        this.limits = limits;
        this.room = limits.maxContentBytes();
    }

    void read(InputStream message) throws IOException {
        MimeTokenStream tokens = TreeBuilder.tokens(limits, EnumSet.noneOf(MimeLimit.class));
        tokens.parse(message);
        try {
            while (tokens.getState() != EntityState.T_END_OF_STREAM && !isDone(tokens.getState())) {
                token(tokens);
                tokens.next();
            }
        } catch (MimeException tooLongLine) {
            // As for reading: what came before stands.
        }
    }

    private boolean isDone(EntityState state) {
        boolean ended = inSigned && state == EntityState.T_END_MULTIPART;
        return ended || raw.size() == 2 || parts > limits.maxParts();
    }

    private void token(MimeTokenStream tokens) throws IOException {
        switch (tokens.getState()) {
            case T_START_MESSAGE, T_START_BODYPART -> begin(tokens);
            case T_END_MESSAGE, T_END_BODYPART -> depth--;
            case T_FIELD -> field(tokens);
            case T_START_MULTIPART -> multipart(tokens);
            case T_RAW_ENTITY -> raw(tokens.getInputStream());
            default -> {
                // What is in other parts is of no concern.
            }
        }
    }

    private void begin(MimeTokenStream tokens) {
        depth++;
        parts++;
        types.clear();
        tokens.setRecursionMode(depth > limits.maxDepth() ? RecursionMode.M_FLAT : RecursionMode.M_NO_RECURSE);
    }

    private void field(MimeTokenStream tokens) {
        String name = tokens.getField().getName();
        if (name.equalsIgnoreCase(TreeBuilder.CONTENT_TYPE)) {
            types.add(new MimeHeaders.Field(name, TreeBuilder.value(tokens)));
            if (TreeBuilder.hasLongBoundary(tokens.getField())) {
                tokens.setRecursionMode(RecursionMode.M_FLAT);
            }
        }
    }

    private void multipart(MimeTokenStream tokens) {
        inSigned = multipart().type().equals("multipart/signed");
        if (inSigned) {
            tokens.setRecursionMode(RecursionMode.M_RAW);
        }
    }

    private void raw(InputStream entity) throws IOException {
        Content content = Content.read(entity, room);
        room -= content.size();
        raw.add(content);
    }

    /** Returns what was found until the reading ended. */
    Optional<SignedContent> content() throws IOException {
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        InputStream signature =
                raw.size() < 2 ? Content.EMPTY.open() : raw.get(1).open();
        ParsedPart read = MimeReader.within(limits).read(signature).root();
        return Optional.of(new SignedContent(multipart(), raw.get(0), read));
    }

    private ParsedPart multipart() {
        return new ParsedPart("", new MimeHeaders(types), false, Content.EMPTY, List.of());
    }
}
