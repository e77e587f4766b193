package dev.steadymail.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar that redraws itself, for people. */
public final class BarProgress implements Progress {
    private final ProgressBar bar;
    private final PrintStream err;

    public BarProgress(PrintStream err, String task) {
        this.err = err;
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" emails", 1)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
    }

    @Override
    public void update(long done, long expected) {
        bar.maxHint(expected < 0 ? -1 : Math.max(done, expected));
        bar.stepTo(done);
    }

    /** Goes to the bar's own line, where it stays until the next one. */
    @Override
    public void say(String message) {
        bar.setExtraMessage(SafeText.line(message));
    }

    @Override
    public void close() {
        bar.close();
        err.flush();
    }
}
