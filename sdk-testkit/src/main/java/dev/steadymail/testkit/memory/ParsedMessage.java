package dev.steadymail.testkit.memory;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A raw message with its envelope and parts, read once. Immutable. */
final class ParsedMessage {
    private final byte[] raw;
    private final String header;
    private final Envelope envelope;
    private final BodyPart body;
    private final Map<String, Leaf> leaves = new HashMap<>();

    ParsedMessage(byte[] raw) {
        this.raw = raw.clone();
        Entity message = Entity.of(new String(raw, StandardCharsets.ISO_8859_1));
        this.header = EncodedWords.decode(message.header().fields().toString());
        this.envelope = envelope(message.header());
        this.body = new PartReader(leaves).root(message);
    }

    /** Returns the octets themselves; nobody changes them. */
    byte[] raw() {
        return raw;
    }

    Envelope envelope() {
        return envelope;
    }

    BodyPart body() {
        return body;
    }

    /** Returns the decoded content of a part, null where there is no such part. */
    byte @Nullable [] content(String partId) {
        Leaf leaf = leaves.get(partId);
        return leaf == null ? null : leaf.decoded();
    }

    /** Returns what becomes of a part's encoding and its octets in it, null where there is no such part. */
    <T> @Nullable T encoded(String partId, BiFunction<String, byte[], T> use) {
        Leaf leaf = leaves.get(partId);
        return leaf == null ? null : use.apply(leaf.encoding(), leaf.content().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns the decoded header, for searching. */
    String headerText() {
        return header;
    }

    /** Returns all text parts, for searching. */
    String bodyText() {
        return leaves.values().stream().map(Leaf::text).collect(Collectors.joining("\n"));
    }

    private static Envelope envelope(HeaderFields header) {
        return new Envelope(
                EncodedWords.decode(header.firstOr("subject", "")),
                AddressList.parse(header.first("from")),
                AddressList.parse(header.first("sender")),
                AddressList.parse(header.first("reply-to")),
                AddressList.parse(header.first("to")),
                AddressList.parse(header.first("cc")),
                AddressList.parse(header.first("bcc")),
                header.first("message-id"),
                header.first("in-reply-to"),
                header.first("references"),
                date(header.first("date")));
    }

    private static @Nullable Instant date(@Nullable String field) {
        try {
            return field == null
                    ? null
                    : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                            field.replaceAll("\\([^)]*\\)", "").trim()));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** Octets of a part as they stand in the message, and how to decode them. */
    record Leaf(BodyPart part, String content, String encoding) {
        byte[] decoded() {
            return EncodedWords.transferDecoded(content, encoding);
        }

        String text() {
            String charset = part.charset();
            return part.type().startsWith("text/")
                    ? new String(decoded(), EncodedWords.charset(charset == null ? "utf-8" : charset))
                    : "";
        }
    }

    /** A header and what follows it. */
    record Entity(HeaderFields header, String body) {
        static Entity of(String text) {
            int crlf = text.startsWith("\r\n") ? -2 : text.indexOf("\r\n\r\n");
            return crlf == -1
                    ? new Entity(HeaderFields.parse(text), "")
                    : new Entity(HeaderFields.parse(text.substring(0, Math.max(0, crlf))), text.substring(crlf + 4));
        }
    }
}
