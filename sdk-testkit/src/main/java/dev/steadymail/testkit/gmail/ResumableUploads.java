package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in pieces: a first call announces the message and gets a session URL, PUTs to it bring the bytes, 308 says
 * how far it got. The last piece executes the call as if it had come in one; who asks again gets the same answer.
 * Threadsafe.
 */
final class ResumableUploads {
    /** All pieces but the last are whole multiples of this. */
    static final int BLOCK_BYTES = 256 * 1024;

    private static final int MAX_SESSIONS = 32;
    private static final int RESUME_INCOMPLETE = 308;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d{1,9})-\\d{1,9}|\\*)/(\\d{1,9}|\\*)");

    private final Map<String, Session> sessions = new LinkedHashMap<>(); // guarded by this
    private int started;

    /** An upload in progress, or its answer. */
    private static final class Session {
        final ApiRequest announcement;
        final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Nullable
        Reply answer;

        Session(ApiRequest announcement) {
            this.announcement = announcement;
        }
    }

    static boolean isPart(ApiRequest request) {
        return request.isUpload() && "resumable".equals(request.param("uploadType"));
    }

    synchronized void expire() {
        sessions.clear();
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
        if (session.answer == null && !receive(session, request)) {
            return incomplete(session);
        }
        Reply answer = session.answer;
        if (answer == null) {
            answer = execution.apply(whole(session));
            session.answer = answer;
            session.received.reset();
        }
        return answer;
    }

    private Reply start(ApiRequest request) {
        String announced = request.header("x-upload-content-length");
        if (announced.matches("\\d{1,18}") && Long.parseLong(announced) > IncomingMail.MAX_BYTES) {
            throw ApiException.tooLarge(IncomingMail.MAX_BYTES);
        }
        sessions.values().removeIf(session -> sessions.size() >= MAX_SESSIONS && session.answer != null);
        if (sessions.size() >= MAX_SESSIONS) {
            throw ApiException.invalid("Too many open uploads: the limit is " + MAX_SESSIONS);
        }
        started++;
        String id = "upload-" + started;
        sessions.put(id, new Session(request));
        String location = "http://" + request.header("host") + request.path() + "?uploadType=resumable&upload_id=" + id;
        return Reply.bare(200, Map.of("Location", location, "X-GUploader-UploadID", id));
    }

    /** Returns whether the message is complete. A piece that does not start where the last one ended is ignored. */
    private static boolean receive(Session session, ApiRequest piece) {
        ByteArrayOutputStream received = session.received;
        Matcher range = RANGE.matcher(piece.header("content-range"));
        if (!range.matches()) {
            received.reset();
            received.writeBytes(piece.body());
            return true;
        }
        String first = range.group(1);
        String total = range.group(2);
        int after = received.size() + piece.body().length;
        if (first != null && Integer.parseInt(first) == received.size()) {
            requireWholeBlocks(piece.body().length, !total.equals("*") && after >= Integer.parseInt(total));
            if (after > IncomingMail.MAX_BYTES) {
                throw ApiException.tooLarge(IncomingMail.MAX_BYTES);
            }
            received.writeBytes(piece.body());
        }
        return !total.equals("*") && received.size() >= Integer.parseInt(total);
    }

    private static void requireWholeBlocks(int bytes, boolean last) {
        if (!last && bytes % BLOCK_BYTES != 0) {
            throw ApiException.invalid("Invalid request. The size of a piece must be a multiple of " + BLOCK_BYTES
                    + " bytes, except for the last, and this one has " + bytes);
        }
    }

    private static Reply incomplete(Session session) {
        int size = session.received.size();
        return Reply.bare(RESUME_INCOMPLETE, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
    }

    private static ApiRequest whole(Session session) {
        ApiRequest first = session.announcement;
        String text = new String(first.body(), StandardCharsets.UTF_8);
        JsonObject json = text.isBlank() ? new JsonObject() : Call.parseObject(text);
        String raw = MessageJson.base64Url(session.received.toByteArray());
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
        String path = first.path().substring(first.path().indexOf("/gmail/"));
        return new ApiRequest(first.method(), path, query, first.headers(), body);
    }
}
