package dev.steadymail.server.mail;

import dev.steadymail.mime.header.FileName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is handed out, with what its headers say. What a sender claims about it is not believed: a type is kept where a
 * browser can only show or play it, and anything else is octets.
 *
 * @param type the value of Content-Type
 * @param fileName safe as one name on any system
 * @param etag changes whenever the octets do
 * @param size octets as the provider counts them; -1 where unknown
 */
record Download(String type, String fileName, String etag, long size) {
    private static final String OCTETS = "application/octet-stream";
    private static final String UNENCODED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    /** Nothing here runs scripts in a browser: no HTML, SVG or XML. */
    private static final Map<String, String> INERT = Map.of(
            "image/png", "image/png",
            "image/jpeg", "image/jpeg",
            "image/gif", "image/gif",
            "image/webp", "image/webp",
            "text/plain", "text/plain",
            "audio/mpeg", "audio/mpeg",
            "video/mp4", "video/mp4",
            "application/pdf", "application/pdf",
            "application/zip", "application/zip");

    /** Returns an attachment's. */
    static Download of(String email, EmailContent.Attachment attachment) {
        String type = INERT.getOrDefault(attachment.type().toLowerCase(Locale.ROOT), OCTETS);
        return new Download(
                type, safe(attachment.name()), "\"" + ETags.hash(email, attachment.partId()) + "\"", attachment.size());
    }

    /** Returns the name without anything that a system, a header or a reader's eye could take for something else. */
    private static String safe(@Nullable String name) {
        return FileName.safe(name == null ? "" : name);
    }

    /** Returns the value of Content-Disposition (RFC 6266), the name in ASCII, and whole as RFC 8187 writes it where that is not enough. */
    String disposition() {
        StringBuilder ascii = new StringBuilder();
        fileName.codePoints().forEach(c -> ascii.append(isPlain(c) ? Character.toString(c) : "_"));
        String plain = "attachment; filename=\"" + ascii + "\"";
        return ascii.toString().equals(fileName) ? plain : plain + "; filename*=UTF-8''" + percentEncoded(fileName);
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '%' && c != ';';
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNENCODED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format("%%%02X", octet & 0xFF));
            }
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return "Download[hidden]";
    }
}
