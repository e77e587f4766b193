package dev.steadymail.guard;

import dev.steadymail.mail.MailException;
import java.util.function.IntToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether and when a failed attempt is repeated. A retry costs tokens and a success brings some back, what it cost where it was a
 * retry: when most requests fail, retries stop, and first attempts still go out. Guarded by the gate's lock.
 */
final class Repetition {
    private static final Logger LOG = LoggerFactory.getLogger(Repetition.class);

    private static final int MOST_TOKENS = 500;
    private static final int RETRY_COST = 5;

    private final GuardSettings settings;
    private final GuardClock clock;
    private final Traffic traffic;
    private final News news;
    private int tokens = MOST_TOKENS;

    Repetition(GuardSettings settings, GuardClock clock, Traffic traffic, News news) {
        this.settings = settings;
        this.clock = clock;
        this.traffic = traffic;
        this.news = news;
    }

    int tokensLeft() {
        return tokens;
    }

    void success(boolean retried) {
        if (tokens < MOST_TOKENS) {
            tokens = Math.min(MOST_TOKENS, tokens + (retried ? RETRY_COST : 1));
        }
    }

    /**
     * Returns until when a call rests before it is repeated; never where it is not: it must not be, has had its attempts, would come
     * too late, or the retry budget is spent.
     */
    long restAfter(Ticket ticket, MailException failure, long now) {
        RetryPolicy policy = settings.retryPolicy();
        if (!ticket.request.mayRepeatAfter(failure) || ticket.attempts() >= policy.maxAttempts()) {
            return GuardClock.NEVER;
        }
        long until = now + Math.max(backoff(ticket), stated(failure, now));
        boolean inTime = until < ticket.deadlineAt
                && until - ticket.since <= policy.total().toNanos();
        if (!inTime || tokens < RETRY_COST) {
            return GuardClock.NEVER;
        }
        long ownLimit = ownLimitRest(ticket, now);
        if (ownLimit < 0) {
            return GuardClock.NEVER;
        }
        tokens -= RETRY_COST;
        traffic.countRetry();
        long rested = Math.max(until, now + ownLimit);
        news.retried(ticket, failure, rested, now);
        return rested;
    }

    private long backoff(Ticket ticket) {
        return settings.retryPolicy()
                .backoff(ticket.attempts(), clock.time().random())
                .toNanos();
    }

    private long stated(MailException failure, long now) {
        return failure.retryAt().map(at -> clock.of(at, now) - now).orElse(0L);
    }

    /** Returns how long the application's own limit wants an attempt to wait, negative where it refuses or wants too long. */
    long ownLimitRest(Ticket ticket, long now) {
        IntToLongFunction ownLimit = settings.ownLimit();
        if (ownLimit == null) {
            return 0;
        }
        long wait = ask(ownLimit, ticket);
        return wait >= ticket.deadlineAt - now ? -1 : wait;
    }

    private static long ask(IntToLongFunction ownLimit, Ticket ticket) {
        try {
            return ownLimit.applyAsLong(Math.max(1, ticket.request.units()));
        } catch (RuntimeException fault) {
            LOG.warn("The application's own limit failed; the request is refused", fault);
            return -1;
        }
    }
}
