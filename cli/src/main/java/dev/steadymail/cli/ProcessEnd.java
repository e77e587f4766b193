package dev.steadymail.cli;

import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.outcome.StopReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends the process: with the command's exit code, or after SIGINT or SIGTERM with a clean stop and 130. The virtual machine would
 * say 143 after SIGTERM, and would not wait for the command.
 */
final class ProcessEnd {
    private static final Duration CLEAN_STOP = Duration.ofMillis(4_500);

    private final CommandEnvironment environment;
    private final AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED.number());

    private ProcessEnd(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** Makes this process end as described. */
    static ProcessEnd prepare(CommandEnvironment environment) {
        ProcessEnd end = new ProcessEnd(environment);
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> end.uncaught(fault));
        Runtime.getRuntime().addShutdownHook(new Thread(end::onShutdown, "steadymail-stop"));
        if (!environment.isDebugging()) {
            Logger.getLogger("").setLevel(Level.OFF); // libraries that use the JDK's own logging
        }
        return end;
    }

    /** Ends the process; never returns. */
    void with(int exitCode) {
        finished(exitCode);
        System.exit(exitCode);
    }

    private void uncaught(Throwable fault) {
        new Failures(environment).internalFault(fault);
        finished(ExitCode.INTERNAL_FAULT.number());
        Runtime.getRuntime().halt(ExitCode.INTERNAL_FAULT.number());
    }

    private void finished(int exitCode) {
        code.set(exitCode);
        environment.out().flush();
        environment.err().flush();
        environment.stop().finish();
    }

    private void onShutdown() {
        boolean hasWork = environment.stop().hasWork();
        environment.stop().stop(StopReason.INTERRUPTED);
        try {
            if (environment.stop().awaitFinish(hasWork ? CLEAN_STOP : Duration.ZERO)) {
                Runtime.getRuntime().halt(code.get());
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        environment.stop().abandon();
        environment.out().flush();
        environment.err().flush();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }
}
