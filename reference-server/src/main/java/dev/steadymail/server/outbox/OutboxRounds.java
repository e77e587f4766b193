package dev.steadymail.server.outbox;

import dev.steadymail.mail.MailException;
import dev.steadymail.server.accounts.UnknownAccountException;
import dev.steadymail.server.outbox.OutboxPlaces.Place;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FaultTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens the outboxes in which something waits: after a start, after an account was changed, and what another server accepted before it
 * was killed. Between rounds the open outboxes work by themselves. What was accepted is never forgotten, since the round asks the database
 * and no memory.
 */
@Component
class OutboxRounds implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRounds.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    /** An outbox that could not be opened or tidied up rests, so that nobody's server is asked every two seconds. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final OutboxPlaces places;
    private final Outboxes outboxes;
    private final OutboxStores stores;
    private final SentDrafts sentDrafts;
    private final InstantSource clock;
    private final Map<UUID, Instant> resting = new ConcurrentHashMap<>();
    private volatile @Nullable ScheduledExecutorService timer;

    OutboxRounds(
            OutboxPlaces places, Outboxes outboxes, OutboxStores stores, SentDrafts sentDrafts, InstantSource clock) {
        this.places = places;
        this.outboxes = outboxes;
        this.stores = stores;
        this.sentDrafts = sentDrafts;
        this.clock = clock;
    }

    @Override
    public void start() {
        outboxes.reopen();
        ScheduledExecutorService fresh = Executors.newScheduledThreadPool(2, round -> {
            Thread thread = new Thread(round, "outbox-rounds");
            thread.setDaemon(true);
            return thread;
        });
        var unused = fresh.scheduleWithFixedDelay(this::round, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        // On a thread of its own: a provider that is slow to remove a draft holds up nobody's sending.
        var unusedToo = fresh.scheduleWithFixedDelay(this::tidy, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        timer = fresh;
    }

    /** A message that is being sent is cut where it is when the clients close; the next start looks what became of it. */
    @Override
    public void stop() {
        ScheduledExecutorService ending = timer;
        timer = null;
        outboxes.closeAll();
        if (ending != null) {
            ending.shutdown();
            try {
                boolean unused = ending.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            ending.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    /** Ends before the syncs, which close the clients, and after the web server. */
    @Override
    public int getPhase() {
        return 1;
    }

    /** A round that fails is followed by another one. */
    private void round() {
        try {
            Instant now = clock.instant();
            resting.values().removeIf(until -> !until.isAfter(now));
            places.atWork().stream()
                    .filter(place -> !resting.containsKey(place.account()))
                    .forEach(place -> visit(place, () -> outboxes.open(place.account())));
        } catch (RuntimeException failure) {
            LOG.warn("outboxes could not be looked for and are again soon: {}", FaultTrace.of(failure));
        }
    }

    private void tidy() {
        try {
            places.atWork().stream()
                    .filter(place -> place.isUntidy() && !resting.containsKey(place.account()))
                    .forEach(place -> visit(place, () -> {
                        sentDrafts.tidy(place.account());
                        places.tidied(place);
                    }));
        } catch (RuntimeException failure) {
            LOG.warn("sent drafts could not be looked for and are again soon: {}", FaultTrace.of(failure));
        }
    }

    private void visit(Place place, Runnable work) {
        try {
            Tenancy.in(place.organisation(), work);
        } catch (UnknownAccountException gone) {
            stores.remove(place.organisation(), place.account());
            places.remove(place);
        } catch (MailException failure) {
            LOG.info("an outbox has to wait: {}", failure.kind());
            rest(place);
        } catch (RuntimeException fault) {
            LOG.warn("an outbox has to wait by a fault of the server: {}", FaultTrace.of(fault));
            rest(place);
        }
    }

    private void rest(Place place) {
        resting.put(place.account(), clock.instant().plus(AFTER_FAILURE));
    }
}
