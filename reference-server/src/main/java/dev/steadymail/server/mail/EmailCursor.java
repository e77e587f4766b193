package dev.steadymail.server.mail;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page of emails ended, newest first: the place of its last email in the order, so that new mail on top moves nothing. Its
 * text is opaque to clients.
 *
 * @param receivedAt of the last email, in microseconds as the database keeps them
 * @param email its id, which decides among emails of the same moment
 */
record EmailCursor(Instant receivedAt, UUID email) {
    private static final int BYTES = Long.BYTES * 3;
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1_000;

    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(micros())
                .putLong(email.getMostSignificantBits())
                .putLong(email.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Not by ChronoUnit, which counts nanoseconds in between and overflows in the year 2262. */
    private long micros() {
        return receivedAt.getEpochSecond() * MICROS + receivedAt.getNano() / NANOS;
    }

    /**
     * Reads a cursor back.
     *
     * @throws WrongCursorException where the text is none of ours
     */
    static EmailCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                Instant receivedAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                return new EmailCursor(receivedAt, new UUID(bytes.getLong(), bytes.getLong()));
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOurs) {
            // Answered below.
        }
        throw new WrongCursorException();
    }
}
