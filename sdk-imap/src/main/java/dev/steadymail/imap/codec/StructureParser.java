package dev.steadymail.imap.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a BODYSTRUCTURE. Depth is bounded by the limit on nested lists that the values were read with. What Exchange and others send
 * where a list should be, a string for example, is read as nothing.
 */
final class StructureParser {
    /** Where the extension data of a part begins: after its basic fields, and the lines of a text. */
    private static final int BASIC_FIELDS = 7;

    private static final int MESSAGE_FIELDS = 10;

    private static final int FEW_PARTS = 4;

    private static final StructureData EMPTY =
            new StructureData("application", "octet-stream", Map.of(), null, "7bit", 0, List.of(), null, Map.of());

    private StructureParser() {}

    static StructureData parse(Values in) throws UnreadableException {
        return body(in, Values.ROOT);
    }

    private static StructureData body(Values in, int fields) throws UnreadableException {
        if (in.size(fields) == 0) {
            throw new UnreadableException("a body structure without fields");
        }
        return in.isList(Values.first(fields)) || isMultipartWithoutParts(in, fields)
                ? multipart(in, fields)
                : single(in, fields);
    }

    /** As Gmail sends it: subtype, parameters, disposition, language. A part of its own has a subtype in the second place. */
    private static boolean isMultipartWithoutParts(Values in, int fields) {
        int size = in.size(fields);
        return size > 1 && size <= 4 && !in.isText(in.get(fields, 1));
    }

    private static StructureData multipart(Values in, int fields) throws UnreadableException {
        List<StructureData> parts = new ArrayList<>(FEW_PARTS);
        int size = in.size(fields);
        int at = Values.first(fields);
        while (parts.size() < size && in.isList(at)) {
            // One without fields keeps its number, and so the others theirs.
            parts.add(in.size(at) == 0 ? EMPTY : body(in, at));
            at = in.after(at);
        }
        int count = parts.size();
        int disposition = in.get(fields, count + 2);
        return new StructureData(
                "multipart",
                in.lower(in.get(fields, count), "mixed"),
                in.parameters(in.get(fields, count + 1)),
                null,
                "7bit",
                0,
                List.copyOf(parts),
                disposition(in, disposition),
                dispositionParameters(in, disposition));
    }

    private static StructureData single(Values in, int fields) throws UnreadableException {
        String type = in.lower(in.get(fields, 0), "application");
        String subtype = in.lower(in.get(fields, 1), "octet-stream");
        boolean message = isMessage(type, subtype, in, fields);
        int disposition = in.get(fields, extension(type, message) + 1);
        return new StructureData(
                type,
                subtype,
                in.parameters(in.get(fields, 2)),
                in.textOrNull(in.get(fields, 3)),
                in.lower(in.get(fields, 5), "7bit"),
                size(in, in.get(fields, 6)),
                message ? List.of(body(in, in.get(fields, 8))) : List.of(),
                disposition(in, disposition),
                dispositionParameters(in, disposition));
    }

    /** A message that the server did not look into has the fields of any other part: where a body would be is its disposition. */
    private static boolean isMessage(String type, String subtype, Values in, int fields) {
        return type.equals("message")
                && (subtype.equals("rfc822") || subtype.equals("global"))
                && in.size(in.get(fields, 8)) > 0
                && (in.size(in.get(fields, 7)) > 0 || isNumber(in.textOrNull(in.get(fields, 9))));
    }

    private static boolean isNumber(@Nullable String text) {
        return text != null && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int extension(String type, boolean message) {
        if (message) {
            return MESSAGE_FIELDS;
        }
        return type.equals("text") ? BASIC_FIELDS + 1 : BASIC_FIELDS;
    }

    private static long size(Values in, int value) throws UnreadableException {
        return in.isText(value) ? in.number(value) : 0;
    }

    private static @Nullable String disposition(Values in, int list) {
        int name = in.get(list, 0);
        return in.isText(name) ? in.lower(name, "attachment") : null;
    }

    private static Map<String, String> dispositionParameters(Values in, int list) {
        return in.parameters(in.get(list, 1));
    }
}
