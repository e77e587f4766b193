package dev.steadymail.guard;

import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guards of one process, and what they share: circuits and quotas of projects and hosts. Thread-safe. */
public final class Guards {
    /** Accounts that waited for a shared circuit start again within ten seconds, not all at once. */
    private static final long SHARED_SPREAD_GAP = Duration.ofMillis(10).toNanos();

    /** From here on scopes that nobody uses are looked for, and forgotten once they have nothing to tell. */
    private static final int MANY_SCOPES = 100;

    private static final int SHARED_SPREAD_STARTS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);
    /** Stands in events for all accounts of the process. */
    private static final AccountId EVERY_ACCOUNT = new AccountId("*");

    private final Shared shared;
    private final Map<AccountRules, CircuitRules> rules = new ConcurrentHashMap<>();
    private final ClosedAccounts closed = new ClosedAccounts();
    /** Guarded by itself. */
    private final Map<String, SharedScope> scopes = new HashMap<>();

    /**
     * Starts with nothing open.
     *
     * @param time clock, timers and chance
     * @param limits limits that other processes share, or null
     * @param listener hears what happens, or null
     */
    public Guards(TimeSource time, @Nullable SharedLimits limits, @Nullable ClientEventListener listener) {
        SharedGate gate =
                limits == null ? null : new SharedGate(limits, time, answers -> tell(answers, time, listener));
        this.shared = new Shared(new GuardClock(time), gate, listener);
    }

    private static void tell(boolean answers, TimeSource time, @Nullable ClientEventListener listener) {
        if (answers) {
            LOG.info("The store of shared limits answers again");
            return;
        }
        LOG.warn("The store of shared limits does not answer; each process goes on with its own limits");
        if (listener != null) {
            ClientEventListener.tell(
                    listener, new LimitEvent(time.now(), EVERY_ACCOUNT, Protocol.OTHER, "shared", 0, 0));
        }
    }

    /** What every guard of the process is given. */
    record Shared(
            GuardClock clock,
            @Nullable SharedGate limits,
            @Nullable ClientEventListener listener) {}

    private record AccountRules(int failureRate, Duration openFor, int starts, Duration interval) {}

    /**
     * Returns a new guard for an account. Close it when done. What the provider counted and stated outlives it where the profile says
     * that the id names the account; clients that are open at the same time each have limits of their own.
     */
    public Guard open(AccountId account, GuardProfile profile, Traffic traffic) {
        TimeSource time = shared.clock().time();
        return open(Telemetry.of(account, Protocol.OTHER, time, shared.listener(), null), profile, traffic);
    }

    /** Returns a new guard for an account, as {@link #open(AccountId, GuardProfile, Traffic)} does, that tells what it does. */
    public Guard open(Telemetry telemetry, GuardProfile profile, Traffic traffic) {
        AccountId account = telemetry.account();
        GuardSettings settings = profile.settings();
        List<SharedScope> joined = join(profile);
        Gate gate = new Gate(telemetry, settings, shared, limits(account, profile), joined, traffic);
        return new Guard(this, gate, telemetry, profile);
    }

    /** Ends what a closed gate shared, and keeps what it may be asked for when the account is opened again. */
    void closed(Gate gate, AccountId account, boolean remembered) {
        leave(gate.scopes());
        if (remembered) {
            gate.keepIn(closed, account);
        }
    }

    private AccountLimits limits(AccountId account, GuardProfile profile) {
        GuardSettings settings = profile.settings();
        AccountLimits before =
                profile.remembered() ? closed.take(account, shared.clock().now()) : null;
        return before == null ? AccountLimits.unused(settings, slack(), accountRules(settings)) : before.with(settings);
    }

    /** Where other processes are asked, an attempt starts when their answer is there. */
    private Duration slack() {
        return shared.limits() == null ? Duration.ZERO : SharedQuestion.LIMIT;
    }

    private CircuitRules accountRules(GuardSettings settings) {
        AccountRules key = new AccountRules(
                settings.failureRate(), settings.openFor(), settings.startsPerInterval(), settings.interval());
        return rules.computeIfAbsent(
                key,
                made -> new CircuitRules(
                        shared.clock(),
                        made.failureRate(),
                        made.openFor(),
                        made.interval().toNanos() / made.starts(),
                        made.starts()));
    }

    private List<SharedScope> join(GuardProfile profile) {
        List<SharedScope> joined = new ArrayList<>(2);
        synchronized (scopes) {
            if (profile.project() != null) {
                joined.add(join(Reach.PROJECT, profile.project(), profile.settings()));
            }
            if (profile.host() != null) {
                joined.add(join(Reach.HOST, profile.host(), profile.settings()));
            }
        }
        return joined;
    }

    /** The first account to come sets the limits that all share. */
    private SharedScope join(Reach reach, String name, GuardSettings settings) {
        SharedScope scope = scopes.computeIfAbsent(
                reach + ":" + name,
                key -> new SharedScope(
                        reach,
                        key,
                        shared.clock(),
                        new CircuitRules(
                                shared.clock(),
                                settings.failureRate(),
                                settings.openFor(),
                                SHARED_SPREAD_GAP,
                                SHARED_SPREAD_STARTS),
                        Quotas.of(settings.quota(), reach)));
        var unused = scope.members(1);
        return scope;
    }

    private void leave(List<SharedScope> joined) {
        synchronized (scopes) {
            for (SharedScope scope : joined) {
                var unused = scope.members(-1);
            }
            if (scopes.size() >= MANY_SCOPES) {
                long now = shared.clock().now();
                scopes.values().removeIf(scope -> scope.isIdle(now));
            }
        }
    }
}
