package dev.steadymail.testkit.gmail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The batch endpoint: each part of a multipart/mixed body is one HTTP request, answered in the same order. */
final class BatchEndpoint {
    static final Set<String> PATHS = Set.of("/batch", "/batch/gmail/v1");

    private static final int MAX_PARTS = 100;
    private static final String BOUNDARY = "batch_f4a6e9c1d07b42";
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Za-z]+) (\\S+)(?: HTTP/[\\d.]+)?");

    private final Function<ApiRequest, Reply> calls;

    BatchEndpoint(Function<ApiRequest, Reply> calls) {
        this.calls = calls;
    }

    Reply answer(ApiRequest batch) {
        if (!batch.method().equals("POST")) {
            throw ApiException.notFound();
        }
        List<MimePart> parts = MimeReader.readMultipart(batch.header("content-type"), batch.body());
        if (parts.isEmpty()) {
            throw new ApiException(400, "badRequest", "Failed to parse batch request, error: 0 items");
        }
        if (parts.size() > MAX_PARTS) {
            throw new ApiException(
                    400,
                    "badRequest",
                    "The batch request could not be processed. Inner request count exceeds the limit. Received: "
                            + parts.size() + ", Limit: " + MAX_PARTS);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (MimePart part : parts) {
            write(body, part.header("Content-ID"), answer(batch, part));
        }
        body.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return Reply.of(200, "multipart/mixed; boundary=" + BOUNDARY, body.toByteArray());
    }

    private Reply answer(ApiRequest batch, MimePart part) {
        try {
            Reply reply = calls.apply(innerRequest(batch, part));
            return reply.status() == Reply.DROPPED ? Reply.error(503, "backendError", "Backend Error") : reply;
        } catch (ApiException malformed) {
            return malformed.reply();
        }
    }

    private static ApiRequest innerRequest(ApiRequest batch, MimePart part) {
        byte[] content = part.content();
        int lineEnd = 0;
        while (lineEnd < content.length && content[lineEnd] != '\n') {
            lineEnd++;
        }
        String line = new String(content, 0, lineEnd, StandardCharsets.UTF_8).strip();
        Matcher matcher = REQUEST_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ApiException(400, "badRequest", "Failed to parse the request line of a batch part");
        }
        int from = Math.min(content.length, lineEnd + 1);
        MimePart inner = MimeReader.readFlat(Arrays.copyOfRange(content, from, content.length));
        String method = matcher.group(1).toUpperCase(Locale.ROOT);
        return ApiRequest.of(method, matcher.group(2), headers(batch, inner), inner.body());
    }

    /** Headers of the batch hold for each part, except those about its own body. */
    private static Map<String, String> headers(ApiRequest batch, MimePart inner) {
        Map<String, String> headers = new LinkedHashMap<>(batch.headers());
        headers.keySet().removeIf(name -> name.startsWith("content-") || name.equals("x-http-method-override"));
        inner.headers().forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.value()));
        return headers;
    }

    private static void write(ByteArrayOutputStream out, @Nullable String contentId, Reply reply) {
        StringBuilder head = new StringBuilder("--" + BOUNDARY + "\r\nContent-Type: application/http\r\n");
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
        out.writeBytes(ascii(head.toString()));
        out.write(reply.body(), 0, Math.min(reply.body().length, reply.sentBytes()));
        out.writeBytes(ascii("\r\n"));
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
