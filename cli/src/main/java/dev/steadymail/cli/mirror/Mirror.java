package dev.steadymail.cli.mirror;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Copies an account's mail into a folder and keeps it up to date: one run, which always ends with a report. Not thread-safe; the
 * stop signal may come from any thread.
 */
public final class Mirror {
    private static final String AFTERWARDS = "what was copied is there, and the next run goes on from there";
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);

    private final MirrorRequest request;
    private final TimeSource time;
    private final StopSignal stop;
    private final Progress progress;
    private final MirrorCounts counts = new MirrorCounts();
    private final long started;
    private volatile Traffic traffic;

    public Mirror(MirrorRequest request, TimeSource time, StopSignal stop, Progress progress) {
        this.request = request;
        this.time = time;
        this.started = time.nanoTime();
        this.traffic = new Traffic(time.nanos());
        this.stop = stop;
        this.progress = progress;
    }

    /** Runs once; {@code account} may have to ask for a password and fails with the exceptions of a command. */
    public MirrorReport run(Supplier<MailAccount> account) {
        MirrorEnd end = MirrorEnd.of(() -> mirror(account.get()));
        return new MirrorReport(end, counts, traffic, elapsed());
    }

    /** Returns the report of a run that is cut off now: as far as another thread can see. */
    public MirrorReport cutOff() {
        MirrorEnd end = StoppedRun.cutOff(AFTERWARDS);
        return new MirrorReport(end, counts, traffic, elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - started);
    }

    private MirrorEnd mirror(MailAccount account) {
        FolderOwner owner = FolderOwner.of(account.id(), request.mailboxes());
        try (Watch watch = Watch.start(request, time, stop, progress);
                MirrorFolder folder = MirrorFolder.open(request.dir(), owner, watch::pulse);
                MailRuntime runtime = runtime(time)) {
            progress.update(0, -1);
            counts.stored(folder.store());
            restore(folder);
            MirrorEnd end = sync(runtime.open(account), folder, watch);
            counts.stored(folder.store());
            return finish(folder, end);
        }
    }

    private void restore(MirrorFolder folder) {
        int lost = folder.parkLost();
        if (lost > 0) {
            progress.say("files of " + lost + (lost == 1 ? " email" : " emails")
                    + " are missing or cut short and will be read again");
        }
    }

    static MailRuntime runtime(TimeSource time) {
        return MailRuntime.builder().time(time).callTimeout(CALL_TIMEOUT).build();
    }

    private MirrorEnd sync(MailClient opened, MirrorFolder folder, Watch watch) {
        traffic = opened.traffic();
        watch.observe(traffic);
        stop.onStop(opened::close);
        Persistence persistence = new Persistence(time, stop, request.patience(), watch, progress);
        return StoppedRun.endOf(stop, persistence, AFTERWARDS, () -> {
            try (MailClient client = opened) {
                new MirrorSync(request, client, folder, counts, watch, progress).run(persistence);
                return MirrorEnd.DONE;
            }
        });
    }

    /** What was copied gets its index however the run ended; the first cause of an end stays the cause. */
    private static MirrorEnd finish(MirrorFolder folder, MirrorEnd end) {
        try {
            folder.finish();
        } catch (MailException failure) {
            return end.exit() == ExitCode.DONE ? MirrorEnd.of(failure) : end;
        }
        int parked = folder.store().parked().size();
        return end.exit() == ExitCode.DONE && parked > 0 ? MirrorEnd.parked(parked) : end;
    }
}
