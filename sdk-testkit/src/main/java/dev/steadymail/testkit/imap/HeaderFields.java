package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a header in order, raw: values are unfolded (RFC 5322 section 2.2.3) but not decoded, one character for each byte. Lines that
 * are no field are left out here and stay in the raw header.
 */
record HeaderFields(List<Field> fields) {

    /** Fields beyond this are not looked at. */
    private static final int MAX_FIELDS = 10_000;

    /**
     * @param raw all lines of the field with their line ends
     */
    record Field(String name, String value, ByteSlice raw) {}

    HeaderFields {
        fields = List.copyOf(fields);
    }

    static HeaderFields read(ByteSlice header) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < header.length() && fields.size() < MAX_FIELDS) {
            int end = header.lineEnd(at);
            while (end < header.length() && isBlank(header.at(end))) {
                end = header.lineEnd(end);
            }
            addField(fields, header.part(at, end));
            at = end;
        }
        return new HeaderFields(fields);
    }

    /** Tells whether the line that begins here has nothing on it. */
    static boolean isEmptyLine(ByteSlice text, int start) {
        byte first = text.at(start);
        return first == '\n' || (first == '\r' && start + 1 < text.length() && text.at(start + 1) == '\n');
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static void addField(List<Field> fields, ByteSlice raw) {
        String text = raw.latin1();
        int colon = text.indexOf(':');
        String name = text.substring(0, Math.max(colon, 0)).stripTrailing();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return;
        }
        fields.add(new Field(name, unfold(text.substring(colon + 1)), raw));
    }

    private static String unfold(String value) {
        return value.replace("\r", "").replace("\n", "").strip();
    }

    /** Returns the value of the first field of that name, or null. */
    @Nullable
    String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
