package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailHeaders;
import dev.steadymail.gmail.json.GmailPart;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mime.header.HeaderText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns Gmail's tree of parts into ours, and finds parts again by their id. */
final class BodyParts {
    /** Deeper nesting is cut off, as a sender has no honest use for it. */
    private static final int MAX_DEPTH = 50;
    /** Gmail leaves the id of the root empty, also where the root is the only part and has content. */
    private static final String ONLY_PART = "0";

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]{1,64})", Pattern.CASE_INSENSITIVE);

    private BodyParts() {}

    static BodyPart root(GmailPart payload) {
        return part(payload, MAX_DEPTH);
    }

    /** Returns the part with an id that {@link #root} gave out. */
    static Optional<GmailPart> find(GmailPart payload, String partId) {
        return find(payload, partId, MAX_DEPTH);
    }

    private static Optional<GmailPart> find(GmailPart part, String partId, int depth) {
        if (id(part).equals(partId)) {
            return Optional.of(part);
        }
        return depth == 0
                ? Optional.empty()
                : part.parts().stream()
                        .flatMap(child -> find(child, partId, depth - 1).stream())
                        .findFirst();
    }

    private static BodyPart part(GmailPart part, int depth) {
        GmailHeaders headers = part.headers();
        return new BodyPart(
                id(part),
                type(part),
                charset(headers),
                headers.word("Content-Disposition"),
                part.filename().isEmpty() ? null : HeaderText.decode(part.filename()),
                contentId(headers),
                part.size(),
                depth == 0
                        ? List.of()
                        : part.parts().stream()
                                .map(child -> part(child, depth - 1))
                                .toList());
    }

    private static String id(GmailPart part) {
        String id = part.partId();
        return id.isEmpty() && !type(part).startsWith("multipart/") ? ONLY_PART : id;
    }

    private static String type(GmailPart part) {
        String type = part.mimeType();
        return type.isBlank() ? "text/plain" : type.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String charset(GmailHeaders headers) {
        Matcher matcher = CHARSET.matcher(headers.text("Content-Type"));
        return matcher.find() ? matcher.group(1) : null;
    }

    private static @Nullable String contentId(GmailHeaders headers) {
        String id = headers.trimmed("Content-ID");
        return id != null && id.startsWith("<") && id.endsWith(">") && id.length() > 2
                ? id.substring(1, id.length() - 1)
                : id;
    }
}
