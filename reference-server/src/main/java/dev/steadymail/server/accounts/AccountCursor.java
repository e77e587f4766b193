package dev.steadymail.server.accounts;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of accounts ended, oldest first. Its text is opaque to clients.
 *
 * @param createdAt of the last account, in microseconds as the database keeps them
 * @param id which decides among accounts of the same moment
 */
record AccountCursor(Instant createdAt, UUID id) {
    /** Before the first account. */
    static final AccountCursor START = new AccountCursor(Instant.EPOCH, new UUID(0, 0));

    private static final int BYTES = Long.BYTES * 3;

    static AccountCursor after(Account account) {
        return new AccountCursor(account.createdAt(), account.id());
    }

    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads a cursor back; null is the start.
     *
     * @throws WrongAccountCursorException where the text is none of ours
     */
    static AccountCursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                Instant createdAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                if (isStorable(createdAt)) {
                    return new AccountCursor(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
                }
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOurs) {
            // Answered below.
        }
        throw new WrongAccountCursorException();
    }

    /** No account is older than this program, and no database keeps times of the far future. */
    private static boolean isStorable(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"));
    }
}
