package dev.steadymail.server;

import dev.steadymail.server.embedded.EmbeddedServices;
import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.web.FaultTrace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process, as its shutdown hook: closes what was started, whether the start was complete or not, and
 * leaves no child behind. Thread-safe.
 */
final class ServerEnd {
    private static final Duration LIMIT = Duration.ofMillis(9_500);
    private static final Duration START_STOPS_WITHIN = Duration.ofSeconds(3);
    private static final int FAULT = 1;
    /** True for every part: syncs and the database are made to be cut anywhere. */
    private static final String CUT_OFF =
            "; it is cut off, and the next start takes up what it left: nothing needs to be done";

    /** What there may be to close, in the order of closing: no part outlives one that it needs. */
    enum Part {
        SERVER("the server", Duration.ofSeconds(4)),
        MAILBOX("the demo's mailbox", Duration.ofSeconds(1)),
        SERVICES("PostgreSQL and Redis", Duration.ofSeconds(8)),
        FOLDER("the lock on the data folder", Duration.ofSeconds(1));

        private final String title;
        private final Duration limit;

        Part(String title, Duration limit) {
            this.title = title;
            this.limit = limit;
        }
    }

    private final Console console;
    private final IntConsumer exit;
    private final AtomicBoolean fatal = new AtomicBoolean();
    private final Map<Part, AutoCloseable> parts = new EnumMap<>(Part.class); // guarded by this
    private boolean ending; // guarded by this
    private boolean serving; // guarded by this
    private @Nullable Thread starter; // guarded by this
    private final CountDownLatch startEnded = new CountDownLatch(1);

    /**
     * Makes the end of a process.
     *
     * @param exit ends the process with a code, through its shutdown hooks
     */
    ServerEnd(Console console, IntConsumer exit) {
        this.console = console;
        this.exit = exit;
    }

    /** Returns the end that comes with a signal, with {@link System#exit} and with an error that nobody caught. */
    static ServerEnd ofThisProcess(Console console) {
        ServerEnd end = new ServerEnd(console, System::exit);
        Thread.setDefaultUncaughtExceptionHandler(end::uncaught);
        Runtime.getRuntime().addShutdownHook(new Thread(end::run, "steadymail-stop"));
        return end;
    }

    /**
     * Takes what ended a thread. After an error the process ends, by the same way as after SIGTERM: which work stopped half-way is not
     * known, and the next start takes up all of it. After an exception it goes on.
     */
    void uncaught(Thread thread, Throwable failure) {
        if (!(failure instanceof Error)) {
            console.line("thread " + thread.getName() + " ended by a fault: " + FaultTrace.of(failure));
            console.trace(failure);
            return;
        }
        if (fatal.compareAndSet(false, true)) {
            try {
                // In a thread of its own: this one may be a request's, for which the end waits.
                Thread ending = new Thread(() -> exit.accept(FAULT), "steadymail-exit");
                ending.setDaemon(true);
                console.line("ends by a fatal error: " + FaultTrace.of(failure));
                console.trace(failure);
                ending.start();
            } catch (Throwable nothingLeft) {
                Runtime.getRuntime().halt(FAULT);
            }
        }
    }

    /** The calling thread starts the server from here to {@link #started}; an end meanwhile interrupts it. */
    synchronized void starting() {
        starter = Thread.currentThread();
    }

    /** The start is over. The process goes on if all of it succeeded, unless it is ending. */
    void started(boolean complete) {
        synchronized (this) {
            serving = complete;
            starter = null;
        }
        startEnded.countDown();
    }

    synchronized boolean isServing() {
        return serving;
    }

    /** Closes this at the end; at once, with an exception, if the end has begun. */
    <T extends AutoCloseable> T keep(Part part, T opened) {
        synchronized (this) {
            if (!ending) {
                parts.put(part, opened);
                return opened;
            }
        }
        close(part, opened);
        throw StartException.internal("stopped while it was starting", null);
    }

    /** The hook: closes everything, and halts the process when that takes too long. */
    void run() {
        watch();
        close();
    }

    /** Closes everything that was started; a start that is under way is given up. */
    void close() {
        if (interruptStart()) {
            awaitStart();
        }
        for (Part part : Part.values()) {
            AutoCloseable opened = part(part);
            if (opened != null) {
                if (part == Part.FOLDER) {
                    killChildren();
                }
                close(part, opened);
            }
        }
    }

    private synchronized boolean interruptStart() {
        ending = true;
        if (starter == null) {
            return false;
        }
        starter.interrupt();
        return true;
    }

    private void awaitStart() {
        try {
            startEnded.await(START_STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable AutoCloseable part(Part part) {
        return parts.get(part);
    }

    /** In a thread of its own, so that one that hangs does not keep the others from their end. */
    private void close(Part part, AutoCloseable opened) {
        Thread closing = new Thread(() -> closeNow(part, opened), "steadymail-close-" + part);
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(part.limit.toMillis());
            if (closing.isAlive()) {
                console.line(part.title + " did not end within " + part.limit.toSeconds() + " s" + CUT_OFF);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow(Part part, AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            console.line(part.title + " did not end cleanly (" + e.getClass().getSimpleName() + ")" + CUT_OFF);
        }
    }

    /** Those of a start that was interrupted half-way are in no part yet. */
    private void killChildren() {
        if (part(Part.FOLDER) instanceof DataFolder folder) {
            EmbeddedServices.kill(folder);
        }
    }

    private void watch() {
        Thread watchdog = new Thread(this::haltLate, "steadymail-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void haltLate() {
        try {
            Thread.sleep(LIMIT.toMillis());
            killChildren();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(FAULT);
        }
    }
}
