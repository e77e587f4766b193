package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message that a client hands over, however it came: as {@code raw} inside JSON, as the whole body of an upload, or
 * as the second part of a multipart upload after its JSON.
 *
 * @param metadata the JSON beside the message, empty if there was none
 * @param raw the exact bytes, null if the call carried no message
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call and is not shared
record IncomingMail(JsonObject metadata, byte @Nullable [] raw) {
    static final int MAX_BYTES = 36_700_160; // 35 MiB, from the API's discovery document

    static IncomingMail of(Call call) {
        String uploadType = call.param("uploadType");
        IncomingMail mail;
        if (!call.request().isUpload() || uploadType == null) {
            mail = new IncomingMail(call.json(), null);
        } else if (uploadType.equals("media")) {
            mail = new IncomingMail(new JsonObject(), call.request().body());
        } else if (uploadType.equals("multipart")) {
            mail = multipart(call.request());
        } else {
            throw ApiException.invalid("uploadType must be media, multipart or resumable, was " + uploadType);
        }
        byte[] raw = mail.raw;
        if (raw != null && raw.length > MAX_BYTES) {
            throw ApiException.tooLarge(MAX_BYTES);
        }
        return mail;
    }

    /** Returns the bytes, from the upload or from {@code raw} of the message's own JSON. */
    byte[] rawOr(JsonObject messageJson) {
        byte[] uploaded = raw;
        if (uploaded != null) {
            return uploaded;
        }
        String encoded = Call.string(messageJson, "raw");
        if (encoded == null || encoded.isEmpty()) {
            throw ApiException.invalid(
                    "'raw' RFC822 payload message string or uploading message via /upload/* URL required");
        }
        return decode(encoded);
    }

    boolean hasMessage(JsonObject messageJson) {
        return raw != null || messageJson.has("raw");
    }

    private static byte[] decode(String encoded) {
        try {
            byte[] decoded = Base64.getUrlDecoder()
                    .decode(encoded.replace('+', '-').replace('/', '_').replaceAll("\\s", ""));
            if (decoded.length > MAX_BYTES) {
                throw ApiException.tooLarge(MAX_BYTES);
            }
            return decoded;
        } catch (ApiException tooLarge) {
            throw tooLarge;
        } catch (IllegalArgumentException malformed) {
            throw ApiException.invalid("Invalid value for ByteString at 'raw': base64url is expected");
        }
    }

    private static IncomingMail multipart(ApiRequest request) {
        List<MimePart> parts = MimeReader.readMultipart(request.header("content-type"), request.body());
        if (parts.size() != 2) {
            throw ApiException.invalid("A multipart upload must have 2 parts, had " + parts.size());
        }
        String json = new String(plain(parts.get(0)), StandardCharsets.UTF_8);
        return new IncomingMail(json.isBlank() ? new JsonObject() : Call.parseObject(json), plain(parts.get(1)));
    }

    private static byte[] plain(MimePart part) {
        String encoding = part.decodedHeader("Content-Encoding").toLowerCase(Locale.ROOT);
        return encoding.contains("gzip") ? Gzip.unpack(part.content()) : part.content();
    }
}
