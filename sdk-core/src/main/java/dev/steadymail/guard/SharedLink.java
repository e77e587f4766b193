package dev.steadymail.guard;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one account asks and tells the limits that processes share. Called with the gate's lock held, unless said otherwise. */
final class SharedLink {
    private final SharedGate limits;
    private final GuardClock clock;
    private final String accountKey;
    private final ScopeMember[] shared;

    SharedLink(SharedGate limits, GuardClock clock, AccountId account, ScopeMember[] shared) {
        this.limits = limits;
        this.clock = clock;
        this.accountKey = Reach.ACCOUNT + ":" + account.value();
        this.shared = shared;
    }

    boolean isReachable() {
        return limits.isReachable();
    }

    Demand demand(Quotas own, Lane lane, int units, long now) {
        List<String> scopes = new ArrayList<>(1 + shared.length);
        List<Share> shares = new ArrayList<>();
        scopes.add(accountKey);
        own.addShares(accountKey, lane, shares, now);
        for (ScopeMember member : shared) {
            scopes.add(member.scope.key());
            member.scope.addShares(lane, shares, now);
        }
        return new Demand(scopes, shares, units);
    }

    /** Asks; called without the lock. */
    CompletableFuture<Verdict> ask(Demand demand) {
        return limits.admit(demand);
    }

    /** Tells the other processes that a circuit opened here, or that one that was failing serves again; done without the lock. */
    @Nullable
    Runnable news(Reach reach, Circuit circuit, long now) {
        String key = key(reach);
        CircuitCause cause = circuit.cause(now);
        return switch (circuit.state(now)) {
            case OPEN -> {
                Opening opening = new Opening(
                        key, cause == null ? CircuitCause.THROTTLED : cause, clock.instantOf(circuit.openUntil(), now));
                yield () -> limits.open(opening);
            }
            case CLOSED -> () -> limits.close(key);
            case HALF_OPEN -> null;
        };
    }

    private String key(Reach reach) {
        for (ScopeMember member : shared) {
            if (member.scope.reach() == reach) {
                return member.scope.key();
            }
        }
        return accountKey;
    }

    /** Does as an answer says that is no grant; answers until when the request has to wait. */
    long obey(Verdict verdict, Circuit own, long now) {
        if (verdict instanceof Verdict.NoRoom full) {
            return now + full.delay().toNanos();
        }
        if (!(verdict instanceof Verdict.Open open)) {
            return now;
        }
        CircuitCause cause = open.opening().cause();
        long until = Math.max(now + 1, clock.of(open.opening().until(), now));
        ScopeMember member = member(open.opening().scope());
        // Nobody is told of what was heard, or processes would keep a circuit open for each other.
        var unused = member == null
                ? own.openedElsewhere(cause, until, now)
                : member.scope.openedElsewhere(cause, until, now);
        return until;
    }

    private @Nullable ScopeMember member(String key) {
        for (ScopeMember member : shared) {
            if (member.scope.key().equals(key)) {
                return member;
            }
        }
        return null;
    }
}
