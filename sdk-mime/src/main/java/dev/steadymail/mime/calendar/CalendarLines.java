package dev.steadymail.mime.calendar;

import dev.steadymail.mime.ParsedPart;
import dev.steadymail.mime.header.Charsets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content lines of a calendar before its first component (RFC 5545 section 3.4); what is after 64 KiB is left out. */
final class CalendarLines {
    private static final int MOST_OCTETS = 64 << 10;

    private final String text;

    CalendarLines(ParsedPart part) {
        try (InputStream octets = part.open()) {
            text = Charsets.decode(octets.readNBytes(MOST_OCTETS), part.charset());
        } catch (IOException impossible) {
            throw new UncheckedIOException("octets in memory could not be read", impossible);
        }
    }

    /** Returns the value of METHOD (section 3.7.2), the first where there are several, or null. */
    @Nullable
    String method() {
        String unfolded = text.replaceAll("\r?\n[ \t]", "");
        for (String line : (Iterable<String>) unfolded.lines()::iterator) {
            String upper = line.strip().toUpperCase(Locale.ROOT);
            if (upper.startsWith("BEGIN:") && !upper.equals("BEGIN:VCALENDAR")) {
                return null;
            }
            if (upper.startsWith("METHOD:") || upper.startsWith("METHOD;")) {
                return upper.substring(upper.indexOf(':') + 1);
            }
        }
        return null;
    }
}
