package dev.steadymail.server.accounts;

import dev.steadymail.server.accounts.Account.SyncCounts;
import dev.steadymail.server.accounts.Account.Trouble;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an account is doing, by the last sync that came to an end.
 *
 * @param reason why it is not ok; null where it is, and before the first sync
 * @param since when it came to its state
 * @param failures syncs that failed in a row
 * @param lastSyncedAt when a sync last reached its end
 * @param lastSync what that sync did
 * @param nextSyncAt when the next one is due
 * @param emails how many are stored
 * @param parked how many could not be read and wait to be tried again
 */
record AccountStatus(
        UUID id,
        AccountState state,
        @Nullable Reason reason,
        Instant since,
        int failures,
        Priority priority,
        @Nullable Instant lastSyncedAt,
        @Nullable SyncCounts lastSync,
        @Nullable Instant nextSyncAt,
        long emails,
        long parked) {
    static AccountStatus of(Account account, long emails, long parked) {
        return new AccountStatus(
                account.id(),
                account.state(),
                Reason.of(account.trouble()),
                account.since(),
                account.failures(),
                account.priority(),
                account.lastSyncedAt(),
                account.lastSync(),
                account.nextSyncAt(),
                emails,
                parked);
    }

    /** What went wrong and what helps. */
    record Reason(String kind, String message, String remedy) {
        static @Nullable Reason of(@Nullable Trouble trouble) {
            return trouble == null ? null : new Reason(trouble.kind(), trouble.message(), Remedy.of(trouble.kind()));
        }
    }

    /** The same in a line of a list. */
    record Line(
            UUID id,
            AccountState state,
            @Nullable Reason reason,
            @Nullable Instant lastSyncedAt,
            @Nullable Instant nextSyncAt,
            long emails) {
        static Line of(Account account, long emails) {
            return new Line(
                    account.id(),
                    account.state(),
                    Reason.of(account.trouble()),
                    account.lastSyncedAt(),
                    account.nextSyncAt(),
                    emails);
        }
    }
}
