package dev.steadymail.imap.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final StructureData EMPTY =
            new StructureData("application", "octet-stream", Map.of(), null, "7bit", 0, List.of(), null, Map.of());

    private StructureParser() {}

    static StructureData parse(ImapValue value) throws UnreadableException {
        List<ImapValue> fields = Values.items(value);
        if (fields.isEmpty()) {
            throw new UnreadableException("a body structure without fields");
        }
        if (fields.get(0) instanceof ImapValue.Items) {
            return multipart(fields);
        }
        return isMultipartWithoutParts(fields) ? multipart(fields) : single(fields);
    }

    /** As Gmail sends it: subtype, parameters, disposition, language. A part of its own has a subtype in the second place. */
    private static boolean isMultipartWithoutParts(List<ImapValue> fields) {
        return fields.size() > 1 && fields.size() <= 4 && !(fields.get(1) instanceof ImapValue.Text);
    }

    private static StructureData multipart(List<ImapValue> fields) throws UnreadableException {
        List<StructureData> parts = new ArrayList<>();
        int at = 0;
        while (at < fields.size() && fields.get(at) instanceof ImapValue.Items part) {
            // One without fields keeps its number, and so the others theirs.
            parts.add(part.values().isEmpty() ? EMPTY : parse(part));
            at++;
        }
        String subtype = lower(fields, at, "mixed");
        return new StructureData(
                "multipart",
                subtype,
                parameters(fields, at + 1),
                null,
                "7bit",
                0,
                List.copyOf(parts),
                disposition(fields, at + 2),
                dispositionParameters(fields, at + 2));
    }

    private static StructureData single(List<ImapValue> fields) throws UnreadableException {
        String type = lower(fields, 0, "application");
        String subtype = lower(fields, 1, "octet-stream");
        boolean message = isMessage(type, subtype, fields);
        int extension = extension(type, message);
        return new StructureData(
                type,
                subtype,
                parameters(fields, 2),
                text(fields, 3),
                lower(fields, 5, "7bit"),
                size(fields),
                message ? List.of(parse(fields.get(8))) : List.of(),
                disposition(fields, extension + 1),
                dispositionParameters(fields, extension + 1));
    }

    /** A message that the server did not look into has the fields of any other part: where a body would be is its disposition. */
    private static boolean isMessage(String type, String subtype, List<ImapValue> fields) {
        return type.equals("message")
                && (subtype.equals("rfc822") || subtype.equals("global"))
                && fields.size() > 8
                && !Values.items(fields.get(8)).isEmpty()
                && (!Values.items(fields.get(7)).isEmpty() || isNumber(text(fields, 9)));
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

    private static long size(List<ImapValue> fields) throws UnreadableException {
        String size = text(fields, 6);
        return size == null ? 0 : ValueReader.number(size);
    }

    private static @Nullable String text(List<ImapValue> fields, int index) {
        return index < fields.size() ? Values.textOrNull(fields.get(index)) : null;
    }

    private static String lower(List<ImapValue> fields, int index, String absent) {
        String text = text(fields, index);
        return text == null || text.isEmpty() ? absent : text.toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> parameters(List<ImapValue> fields, int index) {
        return index < fields.size() ? Values.parameters(fields.get(index)) : Map.of();
    }

    private static @Nullable String disposition(List<ImapValue> fields, int index) {
        List<ImapValue> parts = index < fields.size() ? Values.items(fields.get(index)) : List.of();
        return parts.isEmpty() ? null : text(List.of(parts.get(0)), 0) == null ? null : lower(parts, 0, "attachment");
    }

    private static Map<String, String> dispositionParameters(List<ImapValue> fields, int index) {
        List<ImapValue> parts = index < fields.size() ? Values.items(fields.get(index)) : List.of();
        return parts.size() < 2 ? Map.of() : Values.parameters(parts.get(1));
    }
}
