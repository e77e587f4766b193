package dev.steadymail.server.upkeep;

import dev.steadymail.server.web.FaultTrace;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Does all chores on one thread, each at its times. A run that is under way when the server ends stops with the statement it is at. */
@Component
class Upkeep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final List<Chore> chores;
    private volatile @Nullable ScheduledExecutorService worker;

    Upkeep(List<Chore> chores) {
        this.chores = chores;
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "steadymail-upkeep");
            thread.setDaemon(true);
            return thread;
        });
        for (Chore chore : chores) {
            long pause = chore.pause().toMillis();
            var unused = fresh.scheduleWithFixedDelay(() -> runOrSay(chore), pause, pause, TimeUnit.MILLISECONDS);
        }
        worker = fresh;
    }

    @Override
    public void stop() {
        ScheduledExecutorService ending = worker;
        worker = null;
        if (ending != null) {
            ending.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    /** What is thrown out of a run would end all later ones. */
    private static void runOrSay(Chore chore) {
        try {
            chore.run();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} are not removed for now, the next run tries again: {}",
                    chore.subject(),
                    FaultTrace.of(failure));
        }
    }
}
