package dev.steadymail.server.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A file that goes with a letter. Pictures and PDF files are drawn, all others are resources in the folder {@code demo/files}. */
final class Attachment {
    private final String name;
    private final String type;
    private final byte[] content;

    private Attachment(String name, String type, byte[] content) {
        this.name = name;
        this.type = type;
        this.content = content;
    }

    /**
     * Returns a file.
     *
     * @param source its name with a suffix, and after {@code =} that of the resource where it is another one: resources keep to ASCII
     * @param firstStart what events are dated from
     */
    static Attachment of(String source, Instant firstStart) {
        int equals = source.indexOf('=');
        String name = source.substring(0, equals < 0 ? source.length() : equals).strip();
        String resource = source.substring(equals + 1).strip();
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        return switch (suffix) {
            case "png" -> new Attachment(name, "image/png", Drawing.png(name));
            case "pdf" -> new Attachment(name, "application/pdf", Drawing.pdf(name));
            case "ics" ->
                new Attachment(
                        name,
                        "text/calendar; charset=utf-8; method=REQUEST",
                        Invitation.of(text(resource), firstStart));
            case "csv" -> new Attachment(name, "text/csv; charset=utf-8", lines(text(resource)));
            default -> new Attachment(name, "text/plain; charset=utf-8", lines(text(resource)));
        };
    }

    String name() {
        return name;
    }

    byte[] content() {
        return content.clone();
    }

    MimePart part() {
        return MimePart.file(type, "attachment;\r\n " + fileName(), content);
    }

    /** RFC 2231 section 4 where ASCII does not do. */
    private String fileName() {
        boolean ascii = name.chars().allMatch(c -> c < 0x80);
        return ascii
                ? "filename=\"" + name + "\""
                : "filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(String resource) {
        return Resources.text("files/" + resource);
    }

    private static byte[] lines(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
