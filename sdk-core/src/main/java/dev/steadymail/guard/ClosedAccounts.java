package dev.steadymail.guard;

import dev.steadymail.mail.AccountId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits of accounts whose client was closed, as long as they tell anything; of the last 10,000 at most. Thread-safe. */
final class ClosedAccounts {
    private static final int MOST = 10_000;

    private final Map<AccountId, Kept> kept = new LinkedHashMap<>();

    private record Kept(AccountLimits limits, long until) {}

    synchronized void keep(AccountId account, AccountLimits limits, long until, long now) {
        if (until <= now) {
            return;
        }
        if (kept.size() >= MOST) {
            kept.values().removeIf(old -> old.until <= now);
        }
        if (kept.size() >= MOST) {
            Iterator<Kept> oldest = kept.values().iterator();
            oldest.next();
            oldest.remove();
        }
        kept.put(account, new Kept(limits, until));
    }

    /** Returns an account's limits and forgets them here, or null where there is nothing to tell. */
    synchronized @Nullable AccountLimits take(AccountId account, long now) {
        Kept found = kept.remove(account);
        return found == null || found.until <= now ? null : found.limits;
    }
}
