package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connected account.
 *
 * @param id given by this server
 * @param url where it is, without secrets
 * @param failures syncs that failed in a row
 * @param trouble why the last sync failed; null where it did not
 * @param lastSyncedAt when a sync last reached its end; null before the first
 * @param nextSyncAt when the next sync is due; null before the first
 */
public record Account(
        UUID id,
        AccountUrl url,
        AccountState state,
        int failures,
        @Nullable Trouble trouble,
        @Nullable Instant lastSyncedAt,
        @Nullable Instant nextSyncAt,
        Instant createdAt) {
    /** Shows only the id: the URL names a person. */
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }

    /** What went wrong: a kind of {@code MailException} and its message, which holds no secret and no content. */
    public record Trouble(String kind, String message) {}
}
