package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads groups of fields that empty lines part (RFC 3464 section 2.1), as lenient as headers are read; what is after 512 KiB is left out. */
final class FieldGroups {
    private static final int MOST_OCTETS = 512 << 10;
    private static final int MOST_GROUPS = 10_000;

    private FieldGroups() {}

    static List<MimeHeaders> of(ParsedPart part) {
        String text = text(part);
        List<MimeHeaders> groups = new ArrayList<>();
        int at = 0;
        while (at < text.length() && groups.size() < MOST_GROUPS) {
            int end = emptyLine(text, at);
            if (!text.substring(at, end).isBlank()) {
                groups.add(read(text.substring(at, end)));
            }
            at = end + 1;
        }
        return groups;
    }

    /** Returns the header fields that a part of a report holds as its content: a message's, or those alone. */
    static MimeHeaders header(ParsedPart part) {
        String text = text(part).stripLeading();
        return read(text.substring(0, emptyLine(text, 0)));
    }

    /** Returns where the first line without anything but white space begins, or the end. */
    private static int emptyLine(String text, int from) {
        int line = from;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            int next = end < 0 ? text.length() : end + 1;
            if (text.substring(line, next).isBlank()) {
                return line;
            }
            line = next;
        }
        return text.length();
    }

    private static String text(ParsedPart part) {
        try (InputStream content = part.open()) {
            String text = new String(content.readNBytes(MOST_OCTETS), StandardCharsets.UTF_8);
            return text.replace("\r\n", "\n").replace('\r', '\n');
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    private static MimeHeaders read(String text) {
        try {
            byte[] octets = text.stripLeading().getBytes(StandardCharsets.UTF_8);
            return MimeReader.usual().read(new ByteArrayInputStream(octets)).headers();
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    private static AssertionError inMemory(IOException impossible) {
        return new AssertionError("octets in memory were not read", impossible);
    }
}
