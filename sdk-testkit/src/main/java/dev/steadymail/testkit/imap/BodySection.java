package dev.steadymail.testkit.imap;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that {@code BODY[...]} names (RFC 3501 section 6.4.5).
 *
 * @param numbers part numbers, empty for the message itself
 * @param text HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT, MIME, or empty for the content
 * @param fieldNames names for HEADER.FIELDS and its opposite, as written
 */
record BodySection(List<Integer> numbers, String text, List<String> fieldNames) {

    private static final Set<String> TEXTS = Set.of("HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME");

    BodySection {
        numbers = List.copyOf(numbers);
        fieldNames = List.copyOf(fieldNames);
    }

    static BodySection of(String text) {
        return new BodySection(List.of(), text, List.of());
    }

    /** Reads what stands between the brackets. */
    static BodySection read(CommandReader args) {
        List<Integer> numbers = new ArrayList<>();
        boolean more = true;
        while (more && Character.isDigit(args.peek())) {
            numbers.add(partNumber(args));
            more = args.skip('.');
        }
        String text = more && args.peek() != ']' ? args.itemName() : "";
        requireKnown(text, numbers);
        List<String> names = new ArrayList<>();
        if (text.startsWith("HEADER.FIELDS")) {
            args.space();
            names = args.list(args::atom);
            if (names.isEmpty()) {
                throw new CommandSyntaxException("the list of header fields is empty");
            }
        }
        return new BodySection(numbers, text, names);
    }

    private static int partNumber(CommandReader args) {
        long number = args.number();
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new CommandSyntaxException("part numbers start at 1");
        }
        return (int) number;
    }

    private static void requireKnown(String text, List<Integer> numbers) {
        boolean known = text.isEmpty() || TEXTS.contains(text);
        if (!known || (text.equals("MIME") && numbers.isEmpty())) {
            throw new CommandSyntaxException("no such section; MIME needs a part number");
        }
    }

    /** Returns the label as it stands in the response. */
    String label() {
        StringBuilder label = new StringBuilder();
        for (int number : numbers) {
            label.append(label.length() == 0 ? "" : ".").append(number);
        }
        label.append(label.length() == 0 || text.isEmpty() ? "" : ".").append(text);
        if (!fieldNames.isEmpty()) {
            label.append(" (").append(String.join(" ", fieldNames)).append(")");
        }
        return label.toString();
    }

    /** Returns the bytes, or null if the message has no such part. */
    @Nullable
    ByteSlice extract(MimePart message) {
        MimePart part = message.find(numbers);
        if (part == null) {
            return null;
        }
        if (text.isEmpty()) {
            return numbers.isEmpty() ? part.whole() : part.body();
        }
        if (text.equals("MIME")) {
            return part.header();
        }
        MimePart described = numbers.isEmpty() ? part : part.embedded();
        return described == null ? null : extractText(described);
    }

    private ByteSlice extractText(MimePart message) {
        return switch (text) {
            case "HEADER" -> message.header();
            case "TEXT" -> message.body();
            default -> someFields(message.fields(), text.equals("HEADER.FIELDS"));
        };
    }

    /** The empty line after the header is part of the answer whatever the fields. */
    private ByteSlice someFields(HeaderFields fields, boolean listed) {
        Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(fieldNames);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (HeaderFields.Field field : fields.fields()) {
            if (wanted.contains(field.name()) == listed) {
                field.raw().writeTo(out);
            }
        }
        out.writeBytes(new byte[] {'\r', '\n'});
        return ByteSlice.of(out.toByteArray());
    }
}
