package dev.steadymail.gmail;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.mail.MailException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token that Google refused and for which there is no better one. For {@link #REST} calls with it fail as the first one
 * did, without a request; then one call asks again. A source that has another token by then ends that at once. Thread-safe.
 */
final class RefusedToken {
    /** How long Google is not asked again. */
    static final Duration REST = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private volatile @Nullable Refusal last;

    /** A token with what its call ended with, and until when that stands for others. */
    private record Refusal(Secret token, MailException end, long until) {
        boolean concerns(AccessToken other) {
            return token.equals(other.value());
        }

        Refusal until(long later) {
            return new Refusal(token, end, later);
        }
    }

    /**
     * None yet.
     *
     * @param nanos monotonic nanoseconds
     */
    RefusedToken(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Throws what was refused before, unless this is another token or the rest is over. */
    void requireOther(AccessToken token) {
        Refusal refusal = last;
        if (refusal != null && refusal.concerns(token) && !mayAskAgain(token)) {
            throw refusal.end().toBuilder().cause(refusal.end()).build();
        }
    }

    /** One call asks, and those that come meanwhile rest on. */
    private synchronized boolean mayAskAgain(AccessToken token) {
        Refusal refusal = last;
        if (refusal == null || !refusal.concerns(token)) {
            return true;
        }
        long now = nanos.getAsLong();
        if (now - refusal.until() < 0) {
            return false;
        }
        last = refusal.until(now + REST.toNanos());
        return true;
    }

    synchronized void note(AccessToken token, MailException end) {
        last = new Refusal(token.value(), end, nanos.getAsLong() + REST.toNanos());
    }

    /** Google took it after all. */
    void forget(AccessToken token) {
        Refusal refusal = last;
        if (refusal != null && refusal.concerns(token)) {
            last = null;
        }
    }
}
