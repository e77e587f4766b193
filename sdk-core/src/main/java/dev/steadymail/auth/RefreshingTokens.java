package dev.steadymail.auth;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens kept fresh with a refresh token. One refresh at a time: callers that come meanwhile wait for it and share its
 * token, each no longer than its own deadline. A rotated refresh token is saved before the access token that came with it is
 * used (RFC 9700 section 4.14), so that a crash cannot lose it. Thread-safe.
 */
public final class RefreshingTokens implements TokenSource {
    /** A token with less time left than this is refreshed before use. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private final AccountId account;
    private final TokenStore store;
    private final TokenEndpoint endpoint;
    private final InstantSource clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable AccessToken current;
    /** A rotated refresh token that the store failed to take; guarded by {@code refreshing}. */
    private @Nullable Secret unsaved;

    public RefreshingTokens(AccountId account, TokenStore store, TokenEndpoint endpoint, InstantSource clock) {
        this.account = account;
        this.store = store;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    @Override
    public AccessToken token(Deadline deadline) {
        AccessToken token = current;
        return token != null && isFresh(token) ? token : refreshUnless(token, deadline);
    }

    @Override
    public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
        AccessToken token = current;
        return token != null && !token.equals(refused) ? token : refreshUnless(refused, deadline);
    }

    /** Refreshes, unless somebody else replaced {@code stale} while we waited for our turn. */
    private AccessToken refreshUnless(@Nullable AccessToken stale, Deadline deadline) {
        lock(deadline);
        try {
            AccessToken token = current;
            return token != null && !token.equals(stale) ? token : refresh(deadline);
        } finally {
            refreshing.unlock();
        }
    }

    private AccessToken refresh(Deadline deadline) {
        Secret refreshToken = refreshToken();
        TokenGrant grant = endpoint.refresh(refreshToken, deadline);
        Secret rotated = grant.newRefreshToken();
        if (rotated != null && !rotated.equals(refreshToken)) {
            unsaved = rotated;
            save(rotated);
        }
        current = grant.access();
        return grant.access();
    }

    /** The token before a rotation is used up, and using it again may revoke all (RFC 9700 section 4.14.2). */
    private Secret refreshToken() {
        Secret rotated = unsaved;
        if (rotated != null) {
            save(rotated);
            return rotated;
        }
        return store.load(account)
                .orElseThrow(() -> MailException.of(
                        Kind.REAUTH_REQUIRED, "no refresh token is stored for this account; its owner must log in"));
    }

    private void save(Secret rotated) {
        store.save(account, rotated);
        unsaved = null;
    }

    private void lock(Deadline deadline) {
        try {
            if (!refreshing.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw MailException.of(Kind.DEADLINE, "the access token was not refreshed before the call's deadline");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }

    private boolean isFresh(AccessToken token) {
        return clock.instant().isBefore(token.expiresAt().minus(MARGIN));
    }
}
