package dev.steadymail.testkit.gmail;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call as the API sees it: the body unpacked, a method override applied, path and query decoded. Header names are
 * in lower case. A part of a batch becomes one of these too.
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call and is not shared
record ApiRequest(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {

    /** Builds the request from what stood on the wire; {@code target} may be absolute or start at the path. */
    static ApiRequest of(String method, String target, Map<String, String> headers, byte[] wireBody) {
        byte[] body = isGzip(headers) ? Gzip.unpack(wireBody) : wireBody;
        String override = headers.getOrDefault("x-http-method-override", method).toUpperCase(Locale.ROOT);
        String local = withoutHost(target);
        int mark = local.indexOf('?');
        String path = decode((mark < 0 ? local : local.substring(0, mark)).replace("+", "%2B"));
        Map<String, List<String>> query = form(mark < 0 ? "" : local.substring(mark + 1));
        // A client whose URL grew too long posts the query as a form and overrides the method.
        if (override.equals("GET") && method.equals("POST")) {
            form(new String(body, StandardCharsets.UTF_8))
                    .forEach((k, v) ->
                            query.computeIfAbsent(k, key -> new ArrayList<>()).addAll(v));
            return new ApiRequest(override, path, query, headers, new byte[0]);
        }
        return new ApiRequest(override, path, query, headers, body);
    }

    static Map<String, List<String>> form(String encoded) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                fields.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    @Nullable
    String param(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    List<String> params(String name) {
        return query.getOrDefault(name, List.of());
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(param(name));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isUpload() {
        return path.startsWith("/upload/") || path.startsWith("/resumable/upload/");
    }

    /** Returns what arrived if the connection broke after so many bytes of the body. */
    ApiRequest cutAt(int bytes) {
        return new ApiRequest(method, path, query, headers, Arrays.copyOf(body, Math.min(body.length, bytes)));
    }

    private static boolean isGzip(Map<String, String> headers) {
        return headers.getOrDefault("content-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
    }

    private static String withoutHost(String target) {
        int scheme = target.indexOf("://");
        if (scheme < 0 || target.startsWith("/")) {
            return target;
        }
        int slash = target.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ApiException.invalid("Malformed percent-encoding in the request");
        }
    }
}
