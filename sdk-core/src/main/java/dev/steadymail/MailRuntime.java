package dev.steadymail;

import dev.steadymail.event.ClientEventListener;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.SharedResources;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the accounts of one process share: worker threads, timers, settings. Open one per process and one {@link MailClient} per
 * account. Thread-safe.
 *
 * <pre>{@code
 * try (MailRuntime runtime = MailRuntime.create();
 *         MailClient mail = runtime.open(ImapAccount.at("imap.example.com", Credentials.password(user, secret)))) {
 *     ...
 * }
 * }</pre>
 */
public final class MailRuntime implements AutoCloseable {
    private final TimeSource time;
    private final Executor workers;
    private final Executor callers;
    private final Guards guards;
    private final Function<AccountId, Guard> contentGuards;
    private final Function<MailAccount, GuardProfile> guardProfile;
    private final @Nullable ClientEventListener listener;
    private final @Nullable Tracing tracing;
    private final Duration callTimeout;
    private final HostResolver resolver;
    private final ClosingClients closing;
    private final Runnable release;
    private final Set<MailClient> clients = ConcurrentHashMap.newKeySet();
    private final SharedResources shared = new SharedResources();
    private volatile boolean closed;

    private MailRuntime(Builder builder, RuntimeThreads threads) {
        this.time = builder.time != null ? builder.time : threads.time();
        this.listener = builder.listener;
        this.tracing = builder.tracing;
        this.workers = carrying(tracing, builder.workers != null ? builder.workers : threads.workers());
        this.callers = carrying(tracing, threads.callers());
        this.guards = new Guards(time, builder.sharedLimits, builder.listener);
        this.contentGuards = contentGuards(builder.contentFetch);
        this.guardProfile = builder.guardProfile();
        this.callTimeout = builder.callTimeout;
        this.resolver = new BoundedResolver(builder.resolver, time, threads.errands());
        this.closing = new ClosingClients(threads.errands(), time);
        this.release = threads::close;
    }

    /** Nobody hears of what passes these guards: each request passes its account's as well, and is told and counted there. */
    private Function<AccountId, Guard> contentGuards(GuardSettings settings) {
        Guards all = new Guards(time, null, null);
        GuardProfile profile = GuardProfile.alone(settings);
        return account -> all.open(account, profile, new Traffic(time.nanos()));
    }

    /** Returns a runtime with default settings. */
    public static MailRuntime create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens an account. Does no I/O: wrong addresses and credentials show at the first call.
     *
     * @throws MailException of kind CANCELLED where this runtime is closed
     */
    public MailClient open(MailAccount account) {
        Traffic traffic = new Traffic(time.nanos());
        Telemetry telemetry = telemetry(account);
        ProviderContext context = context(account, telemetry, traffic);
        MailProvider provider = account.open(context);
        MailClient client = new MailClient(
                provider,
                context.guard(),
                contentGuards,
                traffic,
                telemetry,
                time,
                callers,
                callTimeout,
                clients::remove);
        clients.add(client);
        if (closed) {
            client.close();
            throw MailException.of(Kind.CANCELLED, "the runtime is closed; create another one");
        }
        return client;
    }

    private static Executor carrying(@Nullable Tracing tracing, Executor executor) {
        return tracing == null ? executor : tracing.carrying(executor);
    }

    private Telemetry telemetry(MailAccount account) {
        return Telemetry.of(account.id(), account.protocol(), time, listener, tracing);
    }

    private ProviderContext context(MailAccount account, Telemetry telemetry, Traffic traffic) {
        Guard guard = guards.open(telemetry, guardProfile.apply(account), traffic);
        return new ProviderContext(
                guard,
                time,
                workers,
                traffic,
                resolver,
                shared,
                telemetry,
                other -> context(other, telemetry(other).writing(telemetry.protocolLog()), traffic.part()));
    }

    /** Returns the clock, timers and chance of this runtime, for token endpoints and others that must keep the same time. */
    public TimeSource time() {
        return time;
    }

    /**
     * Returns how this runtime finds hosts, within 10 seconds, for token endpoints and others that must connect to the same places only.
     */
    public HostResolver resolver() {
        return resolver;
    }

    /**
     * Closes every client, all at once and within 10 seconds, and ends the runtime's own threads. Harmless when repeated.
     */
    @Override
    public void close() {
        synchronized (clients) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            closing.close(List.copyOf(clients));
        } finally {
            shared.close();
            release.run();
        }
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private @Nullable TimeSource time;
        private @Nullable Executor workers;
        private Function<MailAccount, GuardProfile> guardProfile = MailAccount::guard;
        private @Nullable RetryPolicy retryPolicy;
        private GuardSettings contentFetch = withoutQuota(GuardSettings.CONTENT_FETCH);
        private @Nullable SharedLimits sharedLimits;
        private @Nullable ClientEventListener listener;
        private @Nullable Tracing tracing;
        private Duration callTimeout = Duration.ofMinutes(2);
        private HostResolver resolver = HostResolver.SYSTEM;
        private int maxWorkers = 64;

        private Builder() {}

        /** Sets clock, timers and chance; the system's by default. */
        public Builder time(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Sets the threads that may block; they stay open when the runtime closes. By default the runtime has its own. */
        public Builder workers(Executor workers) {
            this.workers = workers;
            return this;
        }

        /** Sets how many own worker threads may run at once where no virtual threads are used, at least 1; 64 by default. */
        public Builder maxWorkers(int maxWorkers) {
            if (maxWorkers < 1) {
                throw new IllegalArgumentException("maxWorkers must be at least 1, was " + maxWorkers);
            }
            this.maxWorkers = maxWorkers;
            return this;
        }

        /** Sets how accounts are guarded, for example with other limits than their own; {@link MailAccount#guard} by default. */
        public Builder guard(Function<MailAccount, GuardProfile> guardProfile) {
            this.guardProfile = guardProfile;
            return this;
        }

        /** Sets how failed requests of every account are repeated, whatever its profile says. */
        public Builder retryPolicy(RetryPolicy retryPolicy) {
            this.retryPolicy = retryPolicy;
            return this;
        }

        /**
         * Sets what holds back the runs of {@code MailClient.content}, beside the guard of their account, which alone charges quotas;
         * {@link GuardSettings#CONTENT_FETCH} by default.
         */
        public Builder contentFetch(GuardSettings contentFetch) {
            this.contentFetch = withoutQuota(contentFetch);
            return this;
        }

        private static GuardSettings withoutQuota(GuardSettings settings) {
            return settings.toBuilder().quota(QuotaPlan.NONE).build();
        }

        /** Shares circuits and quotas with other processes; none by default. */
        public Builder sharedLimits(SharedLimits sharedLimits) {
            this.sharedLimits = sharedLimits;
            return this;
        }

        /** Sets who hears what the clients do; nobody by default. For several see {@link ClientEventListener#all}. */
        public Builder listener(ClientEventListener listener) {
            this.listener = listener;
            return this;
        }

        /** Sets who follows work from begin to end; nobody by default. For several see {@link Tracing#all}. */
        public Builder tracing(Tracing tracing) {
            this.tracing = Tracing.all(List.of(tracing));
            return this;
        }

        /** Sets the deadline of a call that states none; 2 minutes by default. */
        public Builder callTimeout(Duration callTimeout) {
            if (callTimeout.isNegative() || callTimeout.isZero()) {
                throw new IllegalArgumentException("callTimeout must be positive, was " + callTimeout);
            }
            this.callTimeout = callTimeout;
            return this;
        }

        /**
         * Sets how the addresses of hosts are found; by the system by default. A service that opens accounts of other people gives
         * one that refuses hosts inside its own network.
         */
        public Builder resolver(HostResolver resolver) {
            this.resolver = resolver;
            return this;
        }

        private Function<MailAccount, GuardProfile> guardProfile() {
            RetryPolicy given = retryPolicy;
            return given == null
                    ? guardProfile
                    : guardProfile.andThen(profile -> profile.withSettings(
                            profile.settings().toBuilder().retryPolicy(given).build()));
        }

        public MailRuntime build() {
            return new MailRuntime(this, new RuntimeThreads(maxWorkers));
        }
    }
}
