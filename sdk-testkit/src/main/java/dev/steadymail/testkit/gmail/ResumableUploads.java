package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads in pieces: a first call announces the message and gets a session URL, PUTs to it bring the bytes, 308 says
 * how far it got. The last piece executes the call as if it had come in one. Threadsafe.
 */
final class ResumableUploads {
    private static final int MAX_SESSIONS = 32;
    private static final int RESUME_INCOMPLETE = 308;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d{1,9})-\\d{1,9}|\\*)/(\\d{1,9}|\\*)");

    private final Map<String, Session> sessions = new HashMap<>(); // guarded by this
    private int started;

    private record Session(ApiRequest announcement, ByteArrayOutputStream received) {}

    static boolean isPart(ApiRequest request) {
        return request.path().startsWith("/upload/") && "resumable".equals(request.param("uploadType"));
    }

    synchronized Reply answer(ApiRequest request, Function<ApiRequest, Reply> execution) {
        String id = request.param("upload_id");
        if (id == null) {
            return start(request);
        }
        Session session = sessions.get(id);
        if (session == null) {
            throw ApiException.notFound();
        }
        if (!receive(session, request)) {
            return incomplete(session);
        }
        sessions.remove(id);
        return execution.apply(whole(session));
    }

    private Reply start(ApiRequest request) {
        if (sessions.size() >= MAX_SESSIONS) {
            throw ApiException.invalid("Too many open uploads: the limit is " + MAX_SESSIONS);
        }
        started++;
        String id = "upload-" + started;
        sessions.put(id, new Session(request, new ByteArrayOutputStream()));
        String location = "http://" + request.header("host") + request.path() + "?uploadType=resumable&upload_id=" + id;
        return Reply.bare(200, Map.of("Location", location));
    }

    /** Returns whether the message is complete. A piece that does not start where the last one ended is ignored. */
    private static boolean receive(Session session, ApiRequest piece) {
        ByteArrayOutputStream received = session.received();
        Matcher range = RANGE.matcher(piece.header("content-range"));
        if (!range.matches()) {
            received.reset();
            received.writeBytes(piece.body());
            return true;
        }
        String first = range.group(1);
        if (first != null && Integer.parseInt(first) == received.size()) {
            received.writeBytes(piece.body());
        }
        if (received.size() > Gzip.MAX_BODY_BYTES) {
            throw ApiException.tooLarge(Gzip.MAX_BODY_BYTES);
        }
        String total = range.group(2);
        return !total.equals("*") && received.size() >= Integer.parseInt(total);
    }

    private static Reply incomplete(Session session) {
        int size = session.received().size();
        Map<String, String> headers = size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1));
        return Reply.bare(RESUME_INCOMPLETE, headers);
    }

    private static ApiRequest whole(Session session) {
        ApiRequest first = session.announcement();
        String text = new String(first.body(), StandardCharsets.UTF_8);
        JsonObject json = text.isBlank() ? new JsonObject() : Call.parseObject(text);
        String raw = MessageJson.base64Url(session.received().toByteArray());
        if (first.path().contains("/drafts")) {
            JsonObject message = Call.object(json, "message");
            message.addProperty("raw", raw);
            json.add("message", message);
        } else {
            json.addProperty("raw", raw);
        }
        Map<String, List<String>> query = new LinkedHashMap<>(first.query());
        query.remove("uploadType");
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        String path = first.path().substring("/upload".length());
        return new ApiRequest(first.method(), path, query, first.headers(), body);
    }
}
