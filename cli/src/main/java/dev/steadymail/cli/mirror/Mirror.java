package dev.steadymail.cli.mirror;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Copies an account's mail into a folder and keeps it up to date: one run, which always ends with a report. Not thread-safe; the
 * stop signal may come from any thread.
 */
public final class Mirror {
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
        MirrorEnd end = endOf(account);
        return new MirrorReport(end, counts, traffic, elapsed());
    }

    /** Returns the report of a run that is cut off now: as far as another thread can see. */
    public MirrorReport cutOff() {
        MirrorEnd end = StoppedRun.cutOff();
        return new MirrorReport(end, counts, traffic, elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - started);
    }

    /** Every failure ends here, faults of ours too, since every run owes its caller a report. */
    private MirrorEnd endOf(Supplier<MailAccount> account) {
        try {
            return mirror(account.get());
        } catch (CommandException refusal) {
            return MirrorEnd.of(refusal);
        } catch (MailException failure) {
            return MirrorEnd.of(failure);
        } catch (RuntimeException fault) {
            return MirrorEnd.fault(fault);
        }
    }

    private MirrorEnd mirror(MailAccount account) {
        FolderOwner owner = FolderOwner.of(account.id(), request.mailboxes());
        try (Watch watch = Watch.start(request, time, stop, progress);
                MirrorFolder folder = MirrorFolder.open(request.dir(), owner, () -> pulse(watch));
                MailRuntime runtime = runtime()) {
            progress.update(0, -1);
            counts.stored(folder.store());
            restore(folder);
            MirrorEnd end = sync(runtime.open(account), folder, watch);
            counts.stored(folder.store());
            return finish(folder, end);
        }
    }

    /** Called between pieces of messages, so that a page in memory does not hold up a stop. */
    private void pulse(Watch watch) {
        if (stop.isStopped()) {
            throw MailException.of(Kind.CANCELLED, "the run was stopped");
        }
        watch.progressed();
    }

    private void restore(MirrorFolder folder) {
        int lost = folder.parkLost();
        if (lost > 0) {
            progress.say("files of " + lost + (lost == 1 ? " email" : " emails")
                    + " are missing or cut short and will be read again");
        }
    }

    private MailRuntime runtime() {
        return MailRuntime.builder().time(time).callTimeout(CALL_TIMEOUT).build();
    }

    private MirrorEnd sync(MailClient opened, MirrorFolder folder, Watch watch) {
        traffic = opened.traffic();
        watch.observe(traffic);
        stop.onStop(opened::close);
        Persistence persistence = new Persistence(time, stop, request.patience(), watch, progress);
        try (MailClient client = opened) {
            new MirrorSync(request, client, folder, counts, watch, progress).run(persistence);
            return MirrorEnd.DONE;
        } catch (MailException failure) {
            return stop.reason()
                    .map(reason -> StoppedRun.end(reason, failure, persistence.lastFailure(), request.patience()))
                    .orElseGet(() -> MirrorEnd.of(failure));
        } catch (CommandException refusal) {
            return MirrorEnd.of(refusal);
        }
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
