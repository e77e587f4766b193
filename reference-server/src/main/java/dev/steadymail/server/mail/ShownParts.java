package dev.steadymail.server.mail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.server.mail.EmailContent.TextPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of an email its HTML view is made of; what is inside attached messages is not among them.
 *
 * @param html null where it has no HTML
 * @param text null where it has no plain text
 * @param images those that its HTML may name, 100 at most
 */
record ShownParts(@Nullable TextPart html, @Nullable TextPart text, List<Image> images) {
    private static final int MOST_IMAGES = 100;
    private static final int LONGEST_ID = 1_000;
    /** SVG is a document with scripts, not a picture. */
    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif");

    static ShownParts of(BodyPart body) {
        return new ShownParts(
                first(body, "text/html").orElse(null),
                first(body, "text/plain").orElse(null),
                own(body)
                        .flatMap(part -> Image.of(part).stream())
                        .limit(MOST_IMAGES)
                        .toList());
    }

    private static Optional<TextPart> first(BodyPart body, String type) {
        return own(body)
                .filter(part -> part.type().equals(type) && !part.isAttachment())
                .findFirst()
                .map(part -> new TextPart(part.partId(), part.type(), part.charset()));
    }

    private static Stream<BodyPart> own(BodyPart part) {
        return part.type().startsWith("message/")
                ? Stream.of(part)
                : Stream.concat(Stream.of(part), part.parts().stream().flatMap(ShownParts::own));
    }

    @Override
    public String toString() {
        return "ShownParts[hidden]";
    }

    /** A picture that HTML may name by its Content-ID. */
    record Image(String contentId, String partId, String type) {
        static Optional<Image> of(BodyPart part) {
            String id = part.contentId();
            return id == null || id.length() > LONGEST_ID || !PICTURES.contains(part.type())
                    ? Optional.empty()
                    : Optional.of(new Image(id, part.partId(), part.type()));
        }

        @Override
        public String toString() {
            return "Image[hidden]";
        }
    }
}
