package dev.steadymail.server.vault;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.vault.OrganisationRotation.Outcome;
import dev.steadymail.server.vault.RotationRows.Run;
import dev.steadymail.server.web.FaultTrace;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Replaces the data keys of all organisations while the server works, and brings what is under an old key of ENCRYPTION_KEY under the
 * first one. Afterwards the old keys are gone, and what somebody copied under them stays closed. Cut anywhere, it goes on when it is
 * started again. Thread-safe.
 */
@Service
public class Rotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
    private static final int LAST_WAIT_SECONDS = 3;

    private final RotationRows rows;
    private final OrganisationRotation organisations;
    private final ThreadPoolExecutor worker;

    Rotation(RotationRows rows, OrganisationRotation organisations) {
        this.rows = rows;
        this.organisations = organisations;
        // One at work and one waiting: who waits sees whatever was begun before; a third would see no more than that.
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                work -> {
                    Thread thread = new Thread(work, "key-rotation");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Begins a rotation in the background, or goes on with one that has not finished. */
    public void start() {
        rows.begin();
        worker.execute(this::workInBackground);
    }

    /** Returns how far the last rotation is, on whatever server it runs. */
    public RotationStatus status() {
        return rows.status();
    }

    /** Does what {@link #start} does, on this thread, until the rotation finished or fails. */
    void run() {
        rows.begin();
        rows.unfinished().ifPresent(this::work);
    }

    /** A rotation that is under way ends between two batches. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a rotation of keys is cut off; it goes on when it is started again");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void workInBackground() {
        try {
            rows.unfinished().ifPresent(this::workOrStop);
        } catch (RuntimeException failure) {
            LOG.warn("a rotation of keys stopped: {}", FaultTrace.of(failure));
        }
    }

    private void workOrStop(Run run) {
        try {
            work(run);
            LOG.info("a rotation of keys finished: {}", rows.status());
        } catch (RuntimeException failure) {
            LOG.warn("a rotation of keys stopped: {}", FaultTrace.of(failure));
            rows.stopped(run);
        }
    }

    private void work(Run run) {
        rows.addOrganisations(run);
        for (UUID organisation : rows.uncounted(run)) {
            rows.counted(run, organisation, Tenancy.in(organisation, organisations::countValues));
        }
        for (UUID organisation : rows.left(run)) {
            rows.done(run, organisation, Tenancy.in(organisation, () -> rotate(run, organisation)));
            rows.touch(run);
        }
        rows.finish(run);
    }

    private Outcome rotate(Run run, UUID organisation) {
        return organisations.rotate(run.startedAt(), resealed -> {
            rows.resealed(run, organisation, resealed);
            rows.touch(run);
        });
    }
}
