package dev.steadymail.server.search;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page of a search ended. Its text is opaque to clients.
 *
 * @param engine which engine answered the first page, and answers the others
 * @param score of the last email
 * @param receivedAt of the last email, in microseconds as the database keeps them
 */
record SearchCursor(Engine engine, double score, Instant receivedAt, UUID email) {
    private static final int BYTES = 1 + Long.BYTES * 4;
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1_000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put((byte) engine.ordinal())
                .putDouble(score)
                .putLong(receivedAt.getEpochSecond() * MICROS + receivedAt.getNano() / NANOS)
                .putLong(email.getMostSignificantBits())
                .putLong(email.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads a cursor back.
     *
     * @throws SearchException where the text is none of ours
     */
    static SearchCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                return read(bytes);
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOurs) {
            // Answered below.
        }
        throw SearchException.wrong(
                "cursor must be the value of next in the page before, unchanged; leave it out for the first page");
    }

    private static SearchCursor read(ByteBuffer bytes) {
        Engine engine = bytes.get() == 0 ? Engine.FULLTEXT : Engine.SUBSTRING;
        double score = bytes.getDouble();
        Instant at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (!Double.isFinite(score) || at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException("out of bounds");
        }
        return new SearchCursor(engine, score, at, new UUID(bytes.getLong(), bytes.getLong()));
    }
}
