package dev.steadymail.mime;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mime.header.Charsets;
import dev.steadymail.mime.header.FileName;
import dev.steadymail.mime.header.ParameterList;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One part of a message that was read, with its decoded content. Content is private: {@link #toString} hides it. Immutable. */
public final class ParsedPart {
    private static final String MULTIPART = "multipart/";
    private static final String TEXT = "text/plain";
    /** A semicolon may be missing before a parameter. */
    private static final Pattern AFTER_SPACE = Pattern.compile("\\s.*", Pattern.DOTALL);

    private final String partId;
    private final MimeHeaders headers;
    private final String type;
    private final ParameterList contentType;
    private final ParameterList disposition;
    private final Content content;
    private final List<ParsedPart> parts;

    ParsedPart(String partId, MimeHeaders headers, boolean inDigest, Content content, List<ParsedPart> parts) {
        this.partId = partId;
        this.headers = headers;
        this.contentType = headers.parameters("Content-Type");
        this.disposition = headers.parameters("Content-Disposition");
        this.content = content;
        this.parts = List.copyOf(parts);
        this.type = type(contentType.value(), inDigest);
    }

    /** What is no type is plain text (RFC 2045 section 5.2), and a message within a digest (RFC 2046 section 5.1.5). */
    private static String type(String contentType, boolean inDigest) {
        String stated = AFTER_SPACE.matcher(contentType).replaceFirst("");
        int slash = stated.indexOf('/');
        boolean fits = slash > 0 && slash < stated.length() - 1 && stated.indexOf('/', slash + 1) < 0;
        if (!fits) {
            return stated.isEmpty() && inDigest ? "message/rfc822" : TEXT;
        }
        return stated;
    }

    /** Returns its number within the message as IMAP counts (RFC 9051 section 6.4.5.1); empty for an outermost multipart. */
    public String partId() {
        return partId;
    }

    public MimeHeaders headers() {
        return headers;
    }

    /** Returns the media type in lower case, without parameters. */
    public String type() {
        return type;
    }

    public boolean isMultipart() {
        return type.startsWith(MULTIPART) || !parts.isEmpty();
    }

    /** Returns a parameter of the media type, decoded, or null. */
    public @Nullable String parameter(String name) {
        return contentType.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the charset as it was declared, or null. */
    public @Nullable String charset() {
        return parameter("charset");
    }

    /** Returns {@code inline}, {@code attachment} or what else was declared, in lower case; null where nothing was. */
    public @Nullable String disposition() {
        return disposition.value().isEmpty() ? null : disposition.value();
    }

    /** Returns the decoded file name as the sender wrote it, never safe as a path; null where there is none. */
    public @Nullable String fileName() {
        String name = disposition.get("filename");
        if (name == null || name.isBlank()) {
            name = contentType.get("name");
        }
        return name == null || name.isBlank() ? null : name;
    }

    /** Returns a name to save it under, which is one name and nothing else on any system. */
    public String safeFileName() {
        String name = fileName();
        return FileName.safe(name == null ? "" : name);
    }

    /** Returns the Content-ID without angle brackets, or null. */
    public @Nullable String contentId() {
        String id = headers.text("Content-ID").strip();
        String bare = id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
        return bare.isEmpty() ? null : bare;
    }

    /** Returns how many decoded octets there are of it here. */
    public long size() {
        return content.size();
    }

    /** Returns whether the message had more of it than the limit on contents left room for. */
    public boolean isCut() {
        return content.isCut();
    }

    /** Returns the decoded octets, from the start each time; none for a multipart. */
    public InputStream open() {
        return content.open();
    }

    /** Returns its content as text, by the rules of {@link Charsets#decode}; for parts that are text. */
    public String text() {
        return Charsets.decode(content.octets(), charset());
    }

    /** Returns the parts of a multipart, in order. */
    public List<ParsedPart> parts() {
        return parts;
    }

    /** Returns this part and all below it, depth first. */
    public Stream<ParsedPart> walk() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(ParsedPart::walk));
    }

    /** Returns it as providers tell of structures, with decoded sizes. */
    public BodyPart asBodyPart() {
        return new BodyPart(
                partId,
                type,
                charset(),
                disposition(),
                fileName(),
                contentId(),
                isMultipart() ? -1 : size(),
                parts.stream().map(ParsedPart::asBodyPart).toList());
    }

    @Override
    public String toString() {
        return "ParsedPart[" + type + ", " + parts.size() + " parts]";
    }
}
