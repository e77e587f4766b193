package dev.steadymail.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What tells a message from others when its id changes: by it a sync finds emails again that were moved, or whose mailbox was numbered
 * anew. Two kinds: what the server itself says ({@code EMAILID}, RFC 8474, or {@code X-GM-MSGID}), which is certain; and a digest of the
 * Message-ID, which is not, as anybody may write one twice, and holds together with size and time of arrival only.
 *
 * <p>Opaque and compared by value; fingerprints of different kinds are never equal. Shows nothing of the message.
 *
 * @param value at most 300 characters of printable ASCII without white space
 */
public record Fingerprint(String value) {
    private static final int MAX_LENGTH = 300;
    private static final String OBJECT = "o:";
    private static final String MESSAGE_ID = "m:";
    /** 96 bits: among 2^32 messages two agree by chance once in 2^33 mailboxes. */
    private static final int DIGEST_OCTETS = 12;

    /** @throws IllegalArgumentException for a text that is none of a fingerprint */
    public Fingerprint {
        boolean known = value.startsWith(OBJECT) || value.startsWith(MESSAGE_ID);
        if (!known || value.length() > MAX_LENGTH || !isPlain(value)) {
            throw new IllegalArgumentException(
                    "a fingerprint begins with o: or m:, has no white space and at most " + MAX_LENGTH + " characters");
        }
    }

    /** Returns the fingerprint of what a server says it is, or null where that is no object id (RFC 8474 section 7: at most 255). */
    public static @Nullable Fingerprint ofObject(@Nullable String objectId) {
        boolean sound = objectId != null && !objectId.isEmpty() && objectId.length() <= 255 && isPlain(objectId);
        return sound ? new Fingerprint(OBJECT + objectId) : null;
    }

    /** Returns the fingerprint of a Message-ID as written, white space aside; null where there is none. */
    public static @Nullable Fingerprint ofMessageId(@Nullable String messageId) {
        String written = messageId == null ? "" : messageId.strip();
        if (written.isEmpty()) {
            return null;
        }
        return new Fingerprint(MESSAGE_ID + digest(written.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns 96 bits of a digest as 16 characters of Base64 that are safe in URLs. */
    static String digest(byte[] octets) {
        byte[] head = Arrays.copyOf(sha256(octets), DIGEST_OCTETS);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    }

    /** Returns whether equal fingerprints mean equal content, without a look at size and time of arrival. */
    public boolean isCertain() {
        return value.startsWith(OBJECT);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
