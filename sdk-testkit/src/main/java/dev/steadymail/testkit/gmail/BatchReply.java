package dev.steadymail.testkit.gmail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The multipart/mixed answer to a batch. */
final class BatchReply {
    private static final String BOUNDARY = "batch_f4a6e9c1d07b42";
    private static final String DELIMITER = "--" + BOUNDARY + "\r\n";
    private static final String END = "--" + BOUNDARY + "--\r\n";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    void add(@Nullable String contentId, Reply reply) {
        StringBuilder head = new StringBuilder(DELIMITER + "Content-Type: application/http\r\n");
        if (contentId != null) {
            String id = contentId.startsWith("<") && contentId.endsWith(">")
                    ? "<response-" + contentId.substring(1)
                    : "response-" + contentId;
            head.append("Content-ID: ").append(id).append("\r\n");
        }
        head.append("\r\nHTTP/1.1 ").append(reply.status()).append(' ').append(phrase(reply.status()));
        head.append("\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(reply.body().length).append("\r\n\r\n");
        body.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        body.write(reply.body(), 0, Math.min(reply.body().length, reply.sentBytes()));
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    Reply end() {
        body.writeBytes(END.getBytes(StandardCharsets.UTF_8));
        return Reply.of(200, "multipart/mixed; boundary=" + BOUNDARY, body.toByteArray());
    }

    /** Returns the same parts in an order that follows from the seed; other replies as they are. */
    static Reply shuffled(Reply reply, long seed) {
        // One character for each byte, so that nothing in the parts changes.
        String text = new String(reply.body(), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(DELIMITER) || !text.endsWith(END)) {
            return reply;
        }
        String inner = text.substring(DELIMITER.length(), text.length() - END.length());
        List<String> parts = new ArrayList<>(Arrays.asList(inner.split(DELIMITER, -1)));
        Collections.shuffle(parts, new Random(seed));
        String mixed = DELIMITER + String.join(DELIMITER, parts) + END;
        return reply.withBody(mixed.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }
}
