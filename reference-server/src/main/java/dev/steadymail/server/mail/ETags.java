package dev.steadymail.server.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What tells one state of an answer from another (RFC 9110 section 8.8.3). Answers in JSON have weak ones, as they may be compressed.
 * Thread-safe.
 */
@Component
class ETags {
    private static final int OCTETS = 16;

    private final JsonMapper json;

    ETags(JsonMapper json) {
        this.json = json;
    }

    /** Returns the tag of what is shown. */
    String of(Object... shown) {
        return "W/\"" + hash(json.writeValueAsBytes(List.of(shown))) + "\"";
    }

    /** Returns an answer that is 304, without its body, where the client has it already. */
    <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().eTag(of(body)).body(body);
    }

    /** Returns whether a header If-None-Match names a tag, weak or strong. */
    static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || opaque(each).equals(opaque(tag)));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Returns 128 bits of a digest of texts. */
    static String hash(String... texts) {
        return hash(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, OCTETS));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
