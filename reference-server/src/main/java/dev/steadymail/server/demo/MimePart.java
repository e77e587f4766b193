package dev.steadymail.server.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A part of a message: its Content fields and the body they describe. Immutable. */
final class MimePart {
    private final List<String> fields;
    private final byte[] body;

    private MimePart(List<String> fields, byte[] body) {
        this.fields = fields;
        this.body = body;
    }

    /**
     * Returns a text.
     *
     * @param text lines parted by LF
     */
    static MimePart text(String subtype, String text, Charset charset, String encoding) {
        String name = charset.name().toLowerCase(Locale.ROOT);
        byte[] lines = (text + "\n").replace("\n", "\r\n").getBytes(charset);
        return new MimePart(
                List.of(
                        "Content-Type: text/" + subtype + "; charset=" + name,
                        "Content-Transfer-Encoding: " + encoding),
                TransferEncoding.encode(lines, encoding));
    }

    /** Returns octets in base64; {@code contentType} and {@code disposition} are field values, folded if they are long. */
    static MimePart file(String contentType, String disposition, byte[] content) {
        return new MimePart(
                List.of(
                        "Content-Type: " + contentType,
                        "Content-Transfer-Encoding: base64",
                        "Content-Disposition: " + disposition),
                TransferEncoding.encode(content, "base64"));
    }

    /** Returns parts in one; the boundary has characters that neither base64 nor quoted-printable can have. */
    static MimePart multipart(String subtype, String id, List<MimePart> parts) {
        String boundary = "=_" + subtype + "_" + id;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (MimePart part : parts) {
            body.writeBytes(ascii("--" + boundary + "\r\n"));
            body.writeBytes(part.writeAfter(new byte[0]));
            body.writeBytes(ascii("\r\n"));
        }
        body.writeBytes(ascii("--" + boundary + "--\r\n"));
        String field = "Content-Type: multipart/" + subtype + ";\r\n boundary=\"" + boundary + "\"";
        return new MimePart(List.of(field), body.toByteArray());
    }

    /** Returns what came before, the fields, an empty line and the body. */
    byte[] writeAfter(byte[] head) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(ascii(String.join("\r\n", fields) + "\r\n\r\n"));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
