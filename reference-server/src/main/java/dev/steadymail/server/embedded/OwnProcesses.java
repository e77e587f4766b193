package dev.steadymail.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running processes whose executable lies below one private folder. They are ours whatever a pid file says, this
 * start's as well as those that an earlier one left when it was killed: nobody else can put an executable there.
 */
final class OwnProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(OwnProcesses.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(1);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(1);

    private final Path executables;

    OwnProcesses(Path executables) {
        this.executables = executables;
    }

    List<ProcessHandle> live() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    /** Returns the process of this number if it is one of ours. */
    Optional<ProcessHandle> find(long pid) {
        return ProcessHandle.of(pid).filter(this::isOurs);
    }

    /** An executable that was deleted since keeps its path, with a remark after it. A zombie has none. */
    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "exe"))
                    .startsWith(executables);
        } catch (IOException e) {
            return false; // ended meanwhile, or somebody else's
        }
    }

    /** Waits until none is left, at most so long, and returns whether that is so. */
    boolean awaitNone(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!live().isEmpty()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }

    /** Signals one, from which the others take their end, and waits until none is left; what is left then is killed. */
    void end(long pid, String signal, Duration limit) throws InterruptedException {
        Optional<ProcessHandle> first = find(pid);
        if (first.isPresent()) {
            signal(signal, first.get());
            awaitNone(limit);
        }
        kill();
    }

    /** Signals every one and waits until none is left; what is left then is killed. */
    void endAll(String signal, Duration limit) throws InterruptedException {
        for (ProcessHandle each : live()) {
            signal(signal, each);
        }
        awaitNone(limit);
        kill();
    }

    /** Kills every one. */
    void kill() throws InterruptedException {
        live().forEach(ProcessHandle::destroyForcibly);
        if (!awaitNone(KILL_LIMIT)) {
            List<Long> left = live().stream().map(ProcessHandle::pid).toList();
            LOG.warn("processes started from {} do not end: {}", executables, left);
        }
    }

    /** Sends a signal that the JDK has no method for, such as INT. */
    private static void signal(String name, ProcessHandle process) throws InterruptedException {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.debug("no signal {} to {}; it will be killed", name, process.pid(), e);
        }
    }
}
