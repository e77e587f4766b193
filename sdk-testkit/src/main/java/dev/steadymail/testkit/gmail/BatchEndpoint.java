package dev.steadymail.testkit.gmail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The batch endpoint: each part of a multipart/mixed body is one HTTP request. Parts are in progress together, as the
 * service runs them, though they are executed in their order.
 */
final class BatchEndpoint {
    static final Set<String> PATHS = Set.of("/batch", "/batch/gmail/v1");

    private static final int MAX_PARTS = 100;
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Za-z]+) (\\S+)(?: HTTP/[\\d.]+)?");

    private final Admission admission;
    private final UsageTable usage;
    private final GmailErrorShape shape;
    private final PartCall calls;

    /** Answers a part; {@code number} counts from 1. */
    interface PartCall {
        Reply answer(ApiRequest part, int number, boolean admitted);
    }

    /** A part as it was read: a request and whether it was let in, or why it is none. */
    private record Inner(
            @Nullable String contentId,
            @Nullable ApiRequest request,
            Admission.Pass pass,
            @Nullable ApiException malformed) {}

    BatchEndpoint(Admission admission, UsageTable usage, GmailErrorShape shape, PartCall calls) {
        this.admission = admission;
        this.usage = usage;
        this.shape = shape;
        this.calls = calls;
    }

    Reply answer(ApiRequest batch) {
        if (!batch.method().equals("POST")) {
            throw ApiException.notFound();
        }
        List<MimePart> parts = MimeReader.readMultipart(batch.header("content-type"), batch.body());
        requireCount(parts.size());
        usage.batch(parts.size());
        List<Inner> entered = new ArrayList<>();
        try {
            parts.forEach(part -> entered.add(enter(batch, part)));
            BatchReply reply = new BatchReply();
            for (int i = 0; i < entered.size(); i++) {
                Reply answer = answer(entered.get(i), i + 1);
                if (answer.status() != Reply.ABSENT) {
                    reply.add(entered.get(i).contentId(), answer);
                }
            }
            return reply.end();
        } finally {
            entered.forEach(inner -> admission.leave(inner.pass()));
        }
    }

    private static void requireCount(int parts) {
        if (parts == 0) {
            throw new ApiException(400, "badRequest", "Failed to parse batch request, error: 0 items");
        }
        if (parts > MAX_PARTS) {
            throw new ApiException(
                    400,
                    "badRequest",
                    "The batch request could not be processed. Inner request count exceeds the limit. Received: "
                            + parts + ", Limit: " + MAX_PARTS);
        }
    }

    private Inner enter(ApiRequest batch, MimePart part) {
        String contentId = part.header("Content-ID");
        try {
            ApiRequest request = innerRequest(batch, part);
            return new Inner(contentId, request, admission.enter(request), null);
        } catch (ApiException malformed) {
            return new Inner(contentId, null, Admission.Pass.UNCOUNTED, malformed);
        }
    }

    private Reply answer(Inner inner, int number) {
        ApiRequest request = inner.request();
        if (request == null) {
            ApiException malformed = inner.malformed();
            return (malformed == null ? ApiException.notFound() : malformed).reply(shape);
        }
        Reply reply = calls.answer(request, number, inner.pass().admitted());
        return reply.status() == Reply.DROPPED
                ? new ApiException(503, "backendError", "Backend Error").reply(shape)
                : reply;
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
}
