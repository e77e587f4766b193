package dev.steadymail.mail;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node of an email's MIME tree (RFC 8621 section 4.1.4). Content is private, so {@link #toString} shows only the type.
 *
 * @param partId names the part within its email, for {@code emails().attachment}; empty on multiparts that have no content
 * @param type the media type, lower case, for example {@code text/plain}
 * @param charset the declared charset, or null
 * @param disposition {@code inline}, {@code attachment} or another declared word in lower case; null where not stated
 * @param fileName the decoded file name as the sender wrote it, never safe as a path; null where not stated
 * @param contentId the Content-ID without angle brackets, or null
 * @param size octets as the provider counts them, encoded on IMAP and decoded on Gmail; -1 where unknown
 * @param parts children of a multipart or of an embedded message, in order
 */
public record BodyPart(
        String partId,
        String type,
        @Nullable String charset,
        @Nullable String disposition,
        @Nullable String fileName,
        @Nullable String contentId,
        long size,
        List<BodyPart> parts) {
    public BodyPart {
        parts = List.copyOf(parts);
    }

    /** Returns whether this part is a file to offer for download: not a multipart, and named or declared an attachment. */
    public boolean isAttachment() {
        return !type.startsWith("multipart/") && ("attachment".equals(disposition) || fileName != null);
    }

    /** Returns this part and all below it, depth first. */
    public Stream<BodyPart> walk() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(BodyPart::walk));
    }

    @Override
    public String toString() {
        return "BodyPart[" + type + ", " + parts.size() + " parts]";
    }
}
