package dev.steadymail.cli.watch;

import dev.steadymail.MailClient;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Changed;
import dev.steadymail.watch.WatchEvent.Lost;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchEvent.Watching;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Watches an account and prints what happens, a line of JSON each, until it is ended. The watch says when to look; a sync over a store
 * finds what changed, so that a change is printed once however often or seldom the watch speaks. The first sync only says that it is done.
 *
 * <p>Events come one at a time, on threads of the runtime's; {@link #interrupt} may be called from any thread.
 */
public final class AccountWatch implements WatchListener {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final MailClient client;
    private final WatchOptions options;
    private final TimeSource time;
    private final PrintStream out;
    private final ToldStore store;
    private final SyncEngine engine;
    private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
    private volatile @Nullable Mode mode;

    /**
     * Prepares to watch.
     *
     * @param options names the mailboxes, at least one
     * @param temporary where the state is kept; closed by the caller after the client
     */
    public AccountWatch(
            MailClient client, WatchOptions options, TemporaryStore temporary, TimeSource time, PrintStream out) {
        this.client = client;
        this.options = options;
        this.time = time;
        this.out = out;
        this.store = new ToldStore(temporary.store(), this::print);
        SyncOptions sync = new SyncOptions(
                Set.copyOf(options.mailboxes()), SyncOptions.DEFAULT.pageSize(), SyncOptions.DEFAULT.pageTimeout());
        this.engine = client.sync(store, this::load, sync);
    }

    /**
     * Watches until the limit, an interrupt, a failure that does not pass, or an output that nobody reads any more.
     *
     * @param limit null for no limit
     * @throws MailException what ended the watch; CANCELLED after an interrupt
     */
    public ExitCode run(@Nullable Duration limit) {
        Scheduler.Timer timer =
                limit == null ? () -> {} : time.scheduler().schedule(() -> end.complete(ExitCode.DONE), limit);
        Watch watch = client.watch(options, this);
        try {
            return end.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        } finally {
            timer.cancel();
            watch.close();
        }
    }

    /** Ends the run; harmless when repeated. */
    public void interrupt() {
        end.completeExceptionally(MailException.of(Kind.CANCELLED, "the watch was interrupted"));
    }

    /** Whatever goes wrong here ends the run: nobody else would hear of it. */
    @Override
    public void event(WatchEvent event) {
        try {
            if (event instanceof Watching watching) {
                watching(watching.mode());
            } else if (event instanceof Lost lost) {
                lost(lost.cause(), lost.retryIn());
            } else if (event instanceof Changed) {
                sync();
            }
        } catch (RuntimeException fault) {
            end.completeExceptionally(fault);
        }
    }

    private void watching(Mode now) {
        mode = now;
        print(new JsonLine().put("event", "watching").put("mode", now.name()));
    }

    private void lost(MailException cause, Duration retryIn) {
        if (!mayPass(cause)) {
            if (cause.kind() == Kind.NOT_FOUND) {
                lookOnceMore();
            }
            throw cause;
        }
        mode = null;
        print(new JsonLine()
                .put("event", "lost")
                .put("kind", cause.kind().name())
                .put("message", cause.getMessage())
                .put("retryInMs", retryIn.toMillis()));
    }

    /** What was in a mailbox that is gone went with it, which is still worth telling. */
    private void lookOnceMore() {
        try {
            engine.run(progress -> {});
        } catch (MailException alsoGone) {
            // the first failure ends the run
        }
    }

    private static boolean mayPass(MailException failure) {
        return failure.isRetryable() || failure.kind() == Kind.DEADLINE;
    }

    /** Tries until it is done, since the watch speaks of the next change only. */
    private void sync() {
        Mode before = mode;
        for (int failures = 0; !end.isDone(); failures++) {
            try {
                engine.run(progress -> {});
                synced(before);
                return;
            } catch (MailException failure) {
                Duration wait = delayAfter(failure, failures);
                lost(failure, wait);
                pause(wait);
            }
        }
    }

    private void synced(@Nullable Mode before) {
        if (!store.isTelling()) {
            store.tell();
            print(new JsonLine()
                    .put("event", "ready")
                    .put("emails", store.known().all().size()));
        }
        if (mode == null && before != null) {
            watching(before);
        }
    }

    private Loaded load(List<EmailId> ids, Call call) {
        FetchLevel level = store.isTelling() ? FetchLevel.METADATA : FetchLevel.STATE;
        return new Loaded(client.with(call).emails().get(ids, level), List.of());
    }

    /** From 1 second up to about a minute, with jitter; never sooner than the provider asked for. */
    private Duration delayAfter(MailException failure, int failuresBefore) {
        Duration most = SHORTEST_WAIT.multipliedBy(1L << Math.min(failuresBefore, MOST_DOUBLINGS));
        Duration own =
                SHORTEST_WAIT.plusMillis((long) (most.toMillis() * time.random().nextDouble()));
        Duration asked =
                failure.retryAt().map(at -> Duration.between(time.now(), at)).orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** Waits for a time, or until the run is over. */
    private void pause(Duration wait) {
        CompletableFuture<ExitCode> over = end.copy();
        Scheduler.Timer timer = time.scheduler().schedule(() -> over.cancel(false), wait);
        over.handle((exit, timeIsUp) -> exit).exceptionally(failure -> null).join();
        timer.cancel();
    }

    private void print(JsonLine line) {
        if (end.isDone()) {
            return;
        }
        out.print(line + "\n");
        if (out.checkError()) { // which flushes first
            end.complete(ExitCode.STORAGE);
        }
    }
}
