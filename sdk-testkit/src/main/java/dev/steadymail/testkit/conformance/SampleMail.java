package dev.steadymail.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A message written by hand, line by line (RFC 5322, RFC 2045). In every text given here one character is one octet, so that any
 * octets can be written; lines are joined by CRLF. Not thread-safe.
 */
public final class SampleMail {
    /** When samples are sent and arrive unless they say otherwise. */
    public static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss xx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String key;
    private final List<String> extraHeaders = new ArrayList<>();
    private Instant date = NOON;
    private String from = "Grace Hopper <grace@example.org>";
    private String to = "Ada Lovelace <ada@example.com>";
    private String subject;
    private List<String> content = List.of("Content-Type: text/plain; charset=us-ascii", "", "Nothing to report.");

    private SampleMail(String key) {
        this.key = key;
        this.subject = "Sample " + key;
    }

    /** Starts a message whose Message-ID is made from {@code key}, ASCII letters and digits. */
    public static SampleMail named(String key) {
        return new SampleMail(key);
    }

    public SampleMail at(Instant date) {
        this.date = date;
        return this;
    }

    /** Sets the From field as it stands in the message. */
    public SampleMail from(String field) {
        this.from = field;
        return this;
    }

    /** Sets the To field as it stands in the message. */
    public SampleMail to(String field) {
        this.to = field;
        return this;
    }

    /** Sets the Subject field as it stands in the message. */
    public SampleMail subject(String field) {
        this.subject = field;
        return this;
    }

    /** Adds a header line. */
    public SampleMail header(String line) {
        extraHeaders.add(line);
        return this;
    }

    /** Makes this an answer to another message. */
    public SampleMail answering(SampleMail other) {
        subject("Re: " + other.subject);
        return header("In-Reply-To: " + other.messageId()).header("References: " + other.messageId());
    }

    /** Sets a body of plain ASCII text. */
    public SampleMail text(String text) {
        return content("Content-Type: text/plain; charset=us-ascii", "", text);
    }

    /** Sets the content's own header lines, an empty line, and the lines of the body. */
    public SampleMail content(String... lines) {
        this.content = List.of(lines);
        return this;
    }

    public String key() {
        return key;
    }

    public Instant date() {
        return date;
    }

    public String messageId() {
        return "<" + key + "@samples.example>";
    }

    /** Returns the message's octets. */
    public byte[] bytes() {
        List<String> lines = new ArrayList<>(List.of(
                "Date: " + DATE.format(date),
                "From: " + from,
                "To: " + to,
                "Subject: " + subject,
                "Message-ID: " + messageId()));
        lines.addAll(extraHeaders);
        lines.add("MIME-Version: 1.0");
        lines.addAll(content);
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns octets in Base64, in lines of 76 characters (RFC 2045 section 6.8). */
    public static String base64(byte[] octets) {
        return Base64.getMimeEncoder().encodeToString(octets);
    }
}
