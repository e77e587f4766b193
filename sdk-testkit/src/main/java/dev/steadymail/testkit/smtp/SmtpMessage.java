package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A message that the server accepted. Immutable. */
public final class SmtpMessage {
    private static final String CRLF = "\r\n";

    private final SmtpEnvelope envelope;
    private final byte[] octets;
    private final String messageId;

    SmtpMessage(SmtpEnvelope envelope, byte[] octets) {
        this.envelope = envelope;
        this.octets = octets;
        this.messageId = messageId(new String(octets, StandardCharsets.ISO_8859_1));
    }

    /** Returns what MAIL and RCPT said. */
    public SmtpEnvelope envelope() {
        return envelope;
    }

    /** Returns a copy of the content, octet by octet as sent, with the dots of transparency taken out (RFC 5321 section 4.5.2). */
    public byte[] octets() {
        return octets.clone();
    }

    /** Returns the number of octets. */
    public int size() {
        return octets.length;
    }

    /** Returns the first Message-ID of the header with its angle brackets; empty where there is none. */
    public String messageId() {
        return messageId;
    }

    /** Returns the SHA-256 of the octets in hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Tells no content and no addresses. */
    @Override
    public String toString() {
        return "message of " + octets.length + " octets to "
                + envelope.recipients().size() + " recipients";
    }

    /** Looks for the field by hand: a pattern would recurse once for each folded line, of which a hostile header has many. */
    private static String messageId(String text) {
        int at = 0;
        while (at < text.length() && !text.startsWith(CRLF, at)) {
            int end = fieldEnd(text, at);
            int colon = text.indexOf(':', at);
            if (colon >= 0 && colon < end && text.substring(at, colon).strip().equalsIgnoreCase("Message-ID")) {
                return value(text.substring(colon + 1, end));
            }
            at = end;
        }
        return "";
    }

    /** Returns the place behind a field, folded lines included (RFC 5322 section 2.2.3). */
    private static int fieldEnd(String text, int from) {
        int end = text.indexOf(CRLF, from);
        while (end >= 0 && (text.startsWith(" ", end + 2) || text.startsWith("\t", end + 2))) {
            end = text.indexOf(CRLF, end + 2);
        }
        return end < 0 ? text.length() : end + 2;
    }

    private static String value(String folded) {
        String utf8 = new String(folded.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return utf8.replaceAll("\\s+", " ").strip();
    }
}
