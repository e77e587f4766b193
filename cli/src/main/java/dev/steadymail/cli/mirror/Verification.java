package dev.steadymail.cli.mirror;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compares a mirror with its account and changes neither: one run, which always ends with a report. Not thread-safe; the stop signal may
 * come from any thread.
 */
public final class Verification {
    private static final String AFTERWARDS = "not all was compared; run again, with more time where that was too short";

    private final MirrorRequest request;
    private final Depth depth;
    private final TimeSource time;
    private final StopSignal stop;
    private final Progress progress;
    private final Differences differences;
    private final long started;
    private volatile Traffic traffic;

    /** Prepares a run; {@code listener} hears of each difference as it is found, on the thread of the run. */
    public Verification(
            MirrorRequest request,
            Depth depth,
            TimeSource time,
            StopSignal stop,
            Progress progress,
            Consumer<Difference> listener) {
        this.request = request;
        this.depth = depth;
        this.time = time;
        this.stop = stop;
        this.progress = progress;
        this.differences = new Differences(listener, progress);
        this.started = time.nanoTime();
        this.traffic = new Traffic(time.nanos());
    }

    /** Runs once; {@code account} may have to ask for a password and fails with the exceptions of a command. */
    public VerifyReport run(Supplier<MailAccount> account) {
        return report(MirrorEnd.of(() -> verify(account.get())));
    }

    /** Returns the report of a run that is cut off now: as far as another thread can see. */
    public VerifyReport cutOff() {
        return report(StoppedRun.cutOff(AFTERWARDS));
    }

    private VerifyReport report(MirrorEnd end) {
        return new VerifyReport(end, differences.tally(), traffic, Duration.ofNanos(time.nanoTime() - started));
    }

    private MirrorEnd verify(MailAccount account) {
        FolderOwner owner = FolderOwner.of(account.id(), request.mailboxes());
        try (Watch watch = Watch.start(request, time, stop, progress);
                MirrorView view = MirrorView.open(request.dir(), owner);
                MailRuntime runtime = Mirror.runtime(time)) {
            MailClient client = runtime.open(account);
            traffic = client.traffic();
            watch.observe(traffic);
            stop.onStop(client::close);
            Persistence persistence = new Persistence(time, stop, request.patience(), watch, progress);
            return StoppedRun.endOf(stop, persistence, AFTERWARDS, () -> compare(view, client, persistence, watch));
        }
    }

    /** Asks for the mailboxes first: that is the quickest way to learn whether the provider answers and lets us in. */
    private MirrorEnd compare(MirrorView view, MailClient opened, Persistence persistence, Watch watch) {
        try (MailClient client = opened) {
            List<Mailbox> mailboxes =
                    persistence.untilDone(() -> client.mailboxes().list());
            RemoteMail mail = new RemoteMail(client, persistence, MirrorSync.scope(request, mailboxes));
            AccountComparison states = new AccountComparison(view, mail, mailboxes, differences);
            Map<EmailId, IndexEntry> contents = states.run(this::isSuspicious);
            new ContentComparison(contents, differences, watch::pulse).run(mail);
            new FileComparison(view, differences, watch::pulse).run();
        }
        return differences.tally().total() == 0 ? MirrorEnd.DONE : MirrorEnd.different();
    }

    private boolean isSuspicious(AccountComparison.Pair pair) {
        return depth == Depth.CONTENT
                || (depth == Depth.SIZE && pair.email().size() != pair.entry().size());
    }
}
