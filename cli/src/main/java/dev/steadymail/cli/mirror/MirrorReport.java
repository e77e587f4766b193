package dev.steadymail.cli.mirror;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, how it ended and what it cost.
 *
 * @param end how it ended
 * @param counts what it did
 * @param traffic what it cost
 * @param elapsed how long it took
 */
public record MirrorReport(MirrorEnd end, MirrorCounts counts, Traffic traffic, Duration elapsed) {
    /** Returns the report as one line of JSON, keys in their documented order. */
    public String toJson() {
        Kind kind = end.kind();
        return new JsonLine()
                .put("exit", end.exit().number())
                .put("kind", kind == null ? null : kind.name())
                .put("retryAt", text(end.retryAt()))
                .put("mode", counts.mode().name().toLowerCase(Locale.ROOT))
                .put("created", counts.created())
                .put("updated", counts.updated())
                .put("destroyed", counts.destroyed())
                .put("recovered", counts.recovered())
                .put("parked", counts.parked())
                .put("mailboxes", counts.mailboxes())
                .put("requests", traffic.requests())
                .put("retries", traffic.retries())
                .put("throttledMs", traffic.throttled().toMillis())
                .put("bytes", traffic.bytes())
                .put("elapsedMs", elapsed.toMillis())
                .toString();
    }

    /** Returns the report as one line for people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "%,d new, %,d changed, %,d gone, %,d parked, in %,d mailboxes; %,d requests, %,d bytes, %.1f s",
                counts.created(),
                counts.updated(),
                counts.destroyed(),
                counts.parked(),
                counts.mailboxes(),
                traffic.requests(),
                traffic.bytes(),
                elapsed.toMillis() / 1000.0);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : IndexLine.time(instant);
    }
}
