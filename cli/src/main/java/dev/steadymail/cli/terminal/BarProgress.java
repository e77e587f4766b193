package dev.steadymail.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress as a bar that redraws itself, for people. Thread-safe. */
public final class BarProgress implements Progress {
    private final PrintStream err;
    private final String task;
    private @Nullable ProgressBar bar;

    public BarProgress(PrintStream err, String task) {
        this.err = err;
        this.task = task;
    }

    @Override
    public synchronized void update(long done, long expected) {
        ProgressBar shown = bar == null ? start() : bar;
        shown.maxHint(expected < 0 ? -1 : Math.max(done, expected));
        shown.stepTo(done);
    }

    /** Goes to the bar's own line, where it stays until the next one. */
    @Override
    public synchronized void say(String message) {
        if (bar == null) {
            err.println(task + ": " + SafeText.line(message));
        } else {
            bar.setExtraMessage(SafeText.line(message));
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
        err.flush();
    }

    /** It redraws itself from here on, over whatever else is on its line; so not before there is something to show. */
    private ProgressBar start() {
        ProgressBar started = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" emails", 1)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
        bar = started;
        return started;
    }
}
