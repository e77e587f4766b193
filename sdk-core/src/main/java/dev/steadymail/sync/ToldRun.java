package dev.steadymail.sync;

import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run, and tells how it ended.
 *
 * @param telemetry whom it tells
 */
record ToldRun(Telemetry telemetry) {
    SyncReport follow(SyncRun run, Function<SyncRun, SyncReport> work) {
        WorkTrace trace = telemetry.work(Tracing.Work.SYNC);
        Kind failure = Kind.STORAGE;
        SyncReport report = null;
        try {
            report = work.apply(run);
            failure = null;
            return report;
        } catch (MailException thrown) {
            failure = thrown.kind();
            throw thrown;
        } finally {
            SyncEvent event = event(report == null ? soFar(run) : report, failure);
            telemetry.tell(event);
            trace.ended(event);
        }
    }

    /** Where the store fails, it may fail here as well. */
    private static SyncReport soFar(SyncRun run) {
        try {
            return run.report();
        } catch (RuntimeException unreadable) {
            return SyncReport.NOTHING;
        }
    }

    private SyncEvent event(SyncReport report, @Nullable Kind failure) {
        SyncEvent.Mode mode =
                switch (report.mode()) {
                    case FULL -> SyncEvent.Mode.FULL;
                    case INCREMENTAL -> SyncEvent.Mode.INCREMENTAL;
                    case RECOVERED -> SyncEvent.Mode.RECOVERED;
                };
        return new SyncEvent(
                telemetry.now(),
                telemetry.account(),
                telemetry.protocol(),
                mode,
                report.created(),
                report.updated(),
                report.destroyed(),
                report.recovered(),
                report.parked(),
                report.elapsed(),
                failure);
    }
}
