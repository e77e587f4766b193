package dev.steadymail.server.sync;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.accounts.AccountState;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * When an account is synced again, and after a failure what its state is until then. Pure arithmetic.
 *
 * @param at the earliest time, never before the one that the provider stated
 */
record NextSync(AccountState state, Instant at) {
    private static final Set<Kind> OWNER_MUST_ACT = Set.of(Kind.AUTH, Kind.REAUTH_REQUIRED);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;
    private static final double SOONEST = 0.8;
    private static final double SPREAD = 0.1;

    /** However long a sync takes, a tenth of the interval lies between its end and the next one. */
    private static final int LEAST_PAUSE = 10;

    /** Refused credentials are tried rarely: servers lock out who asks too often, and passwords do get reset to what they were. */
    private static final Duration REFUSED = Duration.ofHours(1);

    /** A database that is away is asked again soon at first, and is nobody's fault at the provider. */
    private static final Duration STORAGE = Duration.ofSeconds(5);

    /**
     * Decides when to look again after a sync that succeeded: 80 to 90 % of the interval after it began, so that mail is seen within
     * the interval although jobs are looked for only now and then, and so that accounts connected together drift apart.
     *
     * @param chance from 0 up to 1
     */
    static Instant afterSuccess(Instant began, Instant ended, Duration interval, double chance) {
        Instant planned = began.plusMillis((long) (interval.toMillis() * (SOONEST + SPREAD * chance)));
        Instant earliest = ended.plus(interval.dividedBy(LEAST_PAUSE));
        return planned.isBefore(earliest) ? earliest : planned;
    }

    /**
     * Decides after a failure.
     *
     * @param failures syncs that failed in a row before this one
     */
    static NextSync after(MailException failure, int failures, Duration interval, Instant now) {
        Instant usual = now.plus(delay(failure.kind(), failures, interval));
        Instant at = failure.retryAt().filter(usual::isBefore).orElse(usual);
        return new NextSync(
                OWNER_MUST_ACT.contains(failure.kind()) ? AccountState.REAUTH_REQUIRED : AccountState.FAILING, at);
    }

    private static Duration delay(Kind kind, int failures, Duration interval) {
        if (OWNER_MUST_ACT.contains(kind)) {
            return REFUSED;
        }
        Duration first = kind == Kind.STORAGE ? STORAGE : interval;
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration most = LONGEST.compareTo(interval) < 0 ? interval : LONGEST;
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
