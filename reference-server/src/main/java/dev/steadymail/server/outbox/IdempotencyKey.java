package dev.steadymail.server.outbox;

import dev.steadymail.server.drafts.WrongEmailException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name that a sender gives one sending. */
final class IdempotencyKey {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:~-]{1,255}");

    private IdempotencyKey() {}

    /**
     * Returns the key that was given, or a new one.
     *
     * @throws WrongEmailException for a key that could not be part of a URL
     */
    static String of(@Nullable String given) {
        String key = given == null ? UUID.randomUUID().toString() : given.strip();
        if (!FORM.matcher(key).matches()) {
            throw new WrongEmailException(
                    "Idempotency-Key must have 1 to 255 letters of ASCII, digits and . _ : ~ -, a UUID for example");
        }
        return key;
    }
}
