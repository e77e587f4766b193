package dev.steadymail.cli.mirror;

import dev.steadymail.cli.mirror.Difference.What;
import dev.steadymail.cli.mirror.Differences.Tally;
import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a verification found, how it ended and what it cost. */
public final class VerifyReport {
    private final MirrorEnd end;
    private final Tally tally;
    private final Traffic traffic;
    private final Duration elapsed;

    VerifyReport(MirrorEnd end, Tally tally, Traffic traffic, Duration elapsed) {
        this.end = end;
        this.tally = tally;
        this.traffic = traffic;
        this.elapsed = elapsed;
    }

    public MirrorEnd end() {
        return end;
    }

    /** Returns the report as one line of JSON, keys in their documented order. */
    public String toJson() {
        Kind kind = end.kind();
        JsonLine line = new JsonLine()
                .put("exit", end.exit().number())
                .put("kind", kind == null ? null : kind.name())
                .put("retryAt", end.retryAt() == null ? null : IndexLine.time(end.retryAt()))
                .put("emails", tally.emails())
                .put("files", tally.files());
        for (What what : What.values()) {
            line.put(what.text(), tally.of(what));
        }
        return line.put("changing", tally.changing())
                .put("requests", traffic.requests())
                .put("retries", traffic.retries())
                .put("throttledMs", traffic.throttled().toMillis())
                .put("bytes", traffic.bytes())
                .put("elapsedMs", elapsed.toMillis())
                .toString();
    }

    /** Returns the report as one line for people. */
    public String toText() {
        return result()
                + changing()
                + String.format(
                        Locale.ROOT,
                        "; %,d emails at the server, %,d files; %,d requests, %,d bytes, %.1f s",
                        tally.emails(),
                        tally.files(),
                        traffic.requests(),
                        traffic.bytes(),
                        elapsed.toMillis() / 1000.0);
    }

    private String result() {
        if (tally.total() == 0) {
            return "equal";
        }
        return String.format(Locale.ROOT, "%,d different: ", tally.total())
                + Stream.of(What.values())
                        .filter(what -> tally.of(what) > 0)
                        .map(what -> String.format(Locale.ROOT, "%,d %s", tally.of(what), what.text()))
                        .collect(Collectors.joining(", "));
    }

    private String changing() {
        return tally.changing() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d changed meanwhile and are not compared", tally.changing());
    }
}
