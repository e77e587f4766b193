package dev.steadymail.mime;

import dev.steadymail.mail.Envelope;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A message that was read. Its content is private: {@link #toString} hides it. Immutable. */
public final class ParsedEmail {
    private final ParsedPart root;
    private final Set<MimeLimit> limits;
    private final BodyLists lists;

    ParsedEmail(ParsedPart root, Set<MimeLimit> limits) {
        this.root = root;
        this.limits = Set.copyOf(limits);
        this.lists = new BodyLists(root);
    }

    /** Returns the outermost part, whose header fields are the message's. */
    public ParsedPart root() {
        return root;
    }

    public MimeHeaders headers() {
        return root.headers();
    }

    /** Returns the header fields that lists of emails show. */
    public Envelope envelope() {
        MimeHeaders headers = headers();
        return new Envelope(
                headers.text("Subject"),
                headers.addresses("From"),
                headers.addresses("Sender"),
                headers.addresses("Reply-To"),
                headers.addresses("To"),
                headers.addresses("Cc"),
                headers.addresses("Bcc"),
                orNull(headers.text("Message-ID")),
                orNull(headers.text("In-Reply-To")),
                orNull(headers.text("References")),
                headers.date("Date"));
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    /** Returns what to show in order where plain text is preferred (RFC 8621 section 4.1.4); images and HTML may be among it. */
    public List<ParsedPart> textBody() {
        return List.copyOf(lists.text);
    }

    /** Returns what to show in order where HTML is preferred; images and plain text may be among it. */
    public List<ParsedPart> htmlBody() {
        return List.copyOf(lists.html);
    }

    /** Returns all parts that are in neither body, embedded messages and images of an HTML body included. */
    public List<ParsedPart> attachments() {
        return List.copyOf(lists.attachments);
    }

    /** Returns the plain text of the text body, empty where it has none. */
    public String text() {
        return joined(lists.text, "text/plain");
    }

    /** Returns the HTML of the HTML body as the sender wrote it, which is hostile until it is sanitized; empty where it has none. */
    public String html() {
        return joined(lists.html, "text/html");
    }

    private static String joined(List<ParsedPart> parts, String type) {
        return parts.stream()
                .filter(part -> part.type().equals(type))
                .map(ParsedPart::text)
                .collect(Collectors.joining("\n"));
    }

    /** Returns what the message had more of than was read; empty for nearly all mail. */
    public Set<MimeLimit> limits() {
        return limits;
    }

    @Override
    public String toString() {
        return "ParsedEmail[" + root.type() + "]";
    }
}
