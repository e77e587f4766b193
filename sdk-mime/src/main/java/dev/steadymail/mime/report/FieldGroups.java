package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads groups of fields that empty lines part (RFC 3464 section 2.1), as lenient as headers are read. */
final class FieldGroups {
    private static final int MAX_GROUPS = 10_000;

    private FieldGroups() {}

    static List<MimeHeaders> of(ParsedPart part) {
        List<MimeHeaders> groups = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        for (String line : part.text().split("\r?\n|\r", -1)) {
            if (!line.isBlank()) {
                group.append(line).append('\n');
            } else if (!group.isEmpty() && groups.size() < MAX_GROUPS) {
                groups.add(fields(group));
                group.setLength(0);
            }
        }
        if (!group.isEmpty() && groups.size() < MAX_GROUPS) {
            groups.add(fields(group));
        }
        return groups;
    }

    /** Returns the header fields that a part of a report holds as its content: a message's, or those alone. */
    static MimeHeaders header(ParsedPart part) {
        return read(part.text());
    }

    private static MimeHeaders fields(CharSequence lines) {
        return read(lines.toString());
    }

    private static MimeHeaders read(String text) {
        try {
            byte[] octets = text.stripLeading().getBytes(StandardCharsets.UTF_8);
            return MimeReader.usual().read(new ByteArrayInputStream(octets)).headers();
        } catch (IOException impossible) {
            throw new AssertionError("octets in memory were not read", impossible);
        }
    }
}
