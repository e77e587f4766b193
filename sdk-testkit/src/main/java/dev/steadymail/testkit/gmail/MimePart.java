package dev.steadymail.testkit.gmail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message or one of its parts: header fields, a slice of the source for the body, and the parts inside. */
final class MimePart {
    private final byte[] source;
    private final int bodyStart;
    private final int bodyEnd;
    private final List<MimeHeader> headers;
    private final List<MimePart> children;
    private final ContentType contentType;

    MimePart(
            byte[] source,
            int bodyStart,
            int bodyEnd,
            List<MimeHeader> headers,
            List<MimePart> children,
            String defaultType) {
        this.source = source;
        this.bodyStart = bodyStart;
        this.bodyEnd = Math.max(bodyStart, bodyEnd);
        this.headers = List.copyOf(headers);
        this.children = children;
        String declared = header("Content-Type");
        this.contentType = ContentType.parse(declared == null ? defaultType : declared);
    }

    List<MimeHeader> headers() {
        return headers;
    }

    List<MimePart> children() {
        return children;
    }

    ContentType contentType() {
        return contentType;
    }

    /** Returns the first value under that name, not decoded. */
    @Nullable
    String header(String name) {
        for (MimeHeader header : headers) {
            if (MimeReader.sameName(header.name(), name)) {
                return header.value();
            }
        }
        return null;
    }

    /** Returns all values under that name, decoded and joined by blanks; empty if there is none. */
    String decodedHeader(String name) {
        List<String> values = headers.stream()
                .filter(header -> MimeReader.sameName(header.name(), name))
                .map(header -> EncodedWords.decode(header.value()))
                .toList();
        return String.join(" ", values);
    }

    String filename() {
        String disposition = header("Content-Disposition");
        String name = disposition == null ? "" : ContentType.parse(disposition).parameter("filename");
        return EncodedWords.decode(name.isEmpty() ? contentType.parameter("name") : name);
    }

    /** Whether the API hands the content out by an attachment id instead of inline. */
    boolean isAttachment() {
        return !contentType.isMultipart()
                && (!filename().isEmpty() || !contentType.mimeType().startsWith("text/"));
    }

    boolean isIdentityEncoded() {
        return !encoding().equals("base64") && !encoding().equals("quoted-printable");
    }

    /** Returns the body with its transfer encoding removed, character set as it was. */
    byte[] content() {
        return switch (encoding()) {
            case "base64" -> TransferEncoding.base64(source, bodyStart, bodyEnd);
            case "quoted-printable" -> TransferEncoding.quotedPrintable(source, bodyStart, bodyEnd);
            default -> body();
        };
    }

    /** Returns the body as it stands in the source. */
    byte[] body() {
        return Arrays.copyOfRange(source, bodyStart, bodyEnd);
    }

    String text() {
        return new String(content(), contentType.charset());
    }

    /** Returns this part and all inside it, outermost first. */
    Stream<MimePart> walk() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(MimePart::walk));
    }

    /** Returns the first inline text of that type. */
    @Nullable
    MimePart inlineText(String mimeType) {
        return walk().filter(part -> part.contentType.mimeType().equals(mimeType) && !part.isAttachment())
                .findFirst()
                .orElse(null);
    }

    private String encoding() {
        String value = header("Content-Transfer-Encoding");
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }
}
