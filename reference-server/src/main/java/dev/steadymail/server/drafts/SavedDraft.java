package dev.steadymail.server.drafts;

import dev.steadymail.mail.EmailId;
import dev.steadymail.server.mail.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft as it was saved last, as far as this server knows.
 *
 * @param id its name, which stays
 * @param email what it is at the provider now; every change makes another one
 * @param inReplyTo the email that it answers, where this server was told
 */
public record SavedDraft(
        UUID id, UUID account, EmailId email, @Nullable UUID inReplyTo, Instant savedAt) {
    private static final int TAG_LENGTH = 32;

    /** Returns what tells one state of the draft from the others (RFC 9110 section 8.8.3). */
    public String etag() {
        return "\"" + HexFormat.of().formatHex(key(email)).substring(0, TAG_LENGTH) + "\"";
    }

    /** Returns a provider's id in a length that fits an index. */
    static byte[] key(EmailId email) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(StorableText.escaped(email.value()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "SavedDraft[" + id + "]";
    }
}
