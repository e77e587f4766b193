package dev.steadymail.testkit.memory;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.testkit.memory.ParsedMessage.Entity;
import dev.steadymail.testkit.memory.ParsedMessage.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the MIME tree (RFC 2046); parts are numbered like IMAP's (RFC 3501 section 6.4.5). Not thread-safe. */
final class PartReader {
    private static final int MAX_DEPTH = 50;

    private final Map<String, Leaf> leaves;

    PartReader(Map<String, Leaf> leaves) {
        this.leaves = leaves;
    }

    BodyPart root(Entity message) {
        boolean multipart = type(message).word().startsWith("multipart/");
        return read(message, multipart ? "" : "1", 0);
    }

    private BodyPart read(Entity entity, String id, int depth) {
        Parameters type = type(entity);
        String boundary = type.get("boundary");
        if (type.word().startsWith("multipart/") && boundary != null && depth < MAX_DEPTH) {
            return part(entity, "", type, children(entity.body(), boundary, id, depth));
        }
        BodyPart part = part(entity, id, type, embedded(entity, type, id, depth));
        String encoding = entity.header().firstOr("content-transfer-encoding", "7bit");
        leaves.put(id, new Leaf(part, entity.body(), encoding));
        return part;
    }

    private List<BodyPart> embedded(Entity entity, Parameters type, String id, int depth) {
        return type.word().equals("message/rfc822") && depth < MAX_DEPTH
                ? List.of(read(Entity.of(entity.body()), id + ".1", depth + 1))
                : List.of();
    }

    private List<BodyPart> children(String body, String boundary, String id, int depth) {
        List<BodyPart> children = new ArrayList<>();
        for (String text : split(body, boundary)) {
            String childId = (id.isEmpty() ? "" : id + ".") + (children.size() + 1);
            children.add(read(Entity.of(text), childId, depth + 1));
        }
        return children;
    }

    /** Returns what stands between the boundary lines; the line end before a boundary belongs to it (RFC 2046 5.1.1). */
    private static List<String> split(String body, String boundary) {
        List<String> parts = new ArrayList<>();
        String text = "\r\n" + body;
        String line = "\r\n--" + boundary;
        int at = text.indexOf(line);
        while (at >= 0 && !text.startsWith("--", at + line.length())) {
            int start = text.indexOf("\r\n", at + line.length());
            int end = start < 0 ? -1 : text.indexOf(line, start);
            if (start >= 0) {
                parts.add(text.substring(start + 2, end < 0 ? text.length() : Math.max(start + 2, end)));
            }
            at = end;
        }
        return parts;
    }

    private static BodyPart part(Entity entity, String id, Parameters type, List<BodyPart> children) {
        Parameters disposition = Parameters.parse(entity.header().firstOr("content-disposition", ""));
        String fileName = disposition.get("filename");
        String contentId = entity.header().first("content-id");
        return new BodyPart(
                id,
                type.word(),
                type.get("charset"),
                disposition.word().isEmpty() ? null : disposition.word(),
                fileName == null ? type.get("name") : fileName,
                bare(contentId),
                entity.body().length(),
                children);
    }

    private static @Nullable String bare(@Nullable String contentId) {
        return contentId == null ? null : contentId.replaceAll("^<|>$", "");
    }

    private static Parameters type(Entity entity) {
        Parameters type = Parameters.parse(entity.header().firstOr("content-type", "text/plain; charset=us-ascii"));
        return type.word().contains("/") ? type : Parameters.parse("text/plain");
    }
}
