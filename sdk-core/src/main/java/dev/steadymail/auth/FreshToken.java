package dev.steadymail.auth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one access token of an account, replaced before it ends. One replacement at a time: callers that come meanwhile wait for it
 * and share what comes of it, each no longer than its own deadline. Thread-safe.
 */
final class FreshToken {
    /** A token with less time left than this is replaced before use; of one that lives for less than five times as long, a fifth. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int SHARE = 5;

    private final InstantSource clock;
    private final AccessTokenSupplier supplier;
    private final ReentrantLock replacing = new ReentrantLock();
    private final AtomicInteger replacements = new AtomicInteger();
    private volatile @Nullable Dated current;
    /** What the replacement before ended with, for those who waited for it; guarded by {@code replacing}. */
    private @Nullable MailException failure;

    FreshToken(InstantSource clock, AccessTokenSupplier supplier) {
        this.clock = clock;
        this.supplier = supplier;
    }

    AccessToken token(Deadline deadline) {
        Dated now = current;
        return now != null && clock.instant().isBefore(now.freshUntil)
                ? now.token
                : replaceUnless(now == null ? null : now.token, deadline);
    }

    /** A refused token is not handed out again, whatever comes of replacing it. */
    AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
        Dated now = current;
        return now != null && !now.token.equals(refused) ? now.token : replaceUnless(refused, deadline);
    }

    /** Replaces, unless somebody else replaced {@code stale} while we waited for our turn. */
    private AccessToken replaceUnless(@Nullable AccessToken stale, Deadline deadline) {
        int before = replacements.get();
        lock(deadline);
        try {
            Dated now = current;
            if (now != null && !now.token.equals(stale)) {
                return now.token;
            }
            current = null;
            shareFailure(before);
            return replace(deadline);
        } finally {
            replacing.unlock();
        }
    }

    /** Whoever waited while a replacement failed has its answer; a limit that only its own caller set is no answer. */
    private void shareFailure(int before) {
        MailException last = failure;
        if (last != null
                && before != replacements.get()
                && last.kind() != Kind.DEADLINE
                && last.kind() != Kind.CANCELLED) {
            throw last.toBuilder().cause(last).build();
        }
    }

    private AccessToken replace(Deadline deadline) {
        try {
            AccessToken token = supplier.get(deadline);
            current = Dated.of(token, clock.instant());
            failure = null;
            return token;
        } catch (MailException refused) {
            failure = refused;
            throw refused;
        } finally {
            replacements.incrementAndGet();
        }
    }

    private void lock(Deadline deadline) {
        try {
            if (!replacing.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw MailException.of(Kind.DEADLINE, "the access token was not refreshed before the call's deadline");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }

    /** A token and until when it is used. */
    private record Dated(AccessToken token, Instant freshUntil) {
        static Dated of(AccessToken token, Instant now) {
            Duration share = Duration.between(now, token.expiresAt()).dividedBy(SHARE);
            return new Dated(token, token.expiresAt().minus(share.compareTo(MARGIN) < 0 ? share : MARGIN));
        }
    }
}
