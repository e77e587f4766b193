package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import dev.steadymail.mime.ParsedPart;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a report (RFC 6522). */
final class Parts {
    private Parts() {}

    static Optional<ParsedPart> first(List<ParsedPart> parts, String type, String other) {
        return parts.stream()
                .filter(part -> part.type().equals(type) || part.type().equals(other))
                .findFirst();
    }

    /** Returns the header of the message that a report is about. */
    static @Nullable MimeHeaders original(List<ParsedPart> parts) {
        Optional<ParsedPart> whole = first(parts, "message/rfc822", "message/global");
        return whole.or(() -> first(parts, "text/rfc822-headers", "message/global-headers"))
                .map(FieldGroups::header)
                .orElse(null);
    }
}
