package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connected account.
 *
 * @param id given by this server
 * @param url where it is, without secrets
 * @param details what its owner chose for it
 * @param since when it came to its state
 * @param failures syncs that failed in a row
 * @param trouble why the last sync failed; null where it did not
 * @param lastSyncedAt when a sync last reached its end; null before the first
 * @param lastSync what that sync did; null before the first
 * @param nextSyncAt when the next sync is due; null before the first
 */
public record Account(
        UUID id,
        AccountUrl url,
        AccountDetails details,
        AccountState state,
        Instant since,
        int failures,
        @Nullable Trouble trouble,
        @Nullable Instant lastSyncedAt,
        @Nullable SyncCounts lastSync,
        @Nullable Instant nextSyncAt,
        Instant createdAt) {
    /** Shows only the id: the URL names a person. */
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }

    public Priority priority() {
        return details.priority();
    }

    /** Returns where a client goes: the URL, with the server that takes the account's mail where it is known. */
    AccountUrl place() {
        return details.with(url);
    }

    /** Returns where the account's mail is submitted, or null. */
    @Nullable
    SmtpPlace submission() {
        return place() instanceof ImapUrl imap ? imap.submission() : null;
    }

    /** What went wrong: a kind of {@code MailException} and its message, which holds no secret and no content. */
    public record Trouble(String kind, String message) {}

    /** How many emails a sync stored, changed and dropped. */
    public record SyncCounts(long created, long updated, long destroyed) {}
}
