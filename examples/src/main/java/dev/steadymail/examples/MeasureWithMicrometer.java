package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.observability.micrometer.SteadymailMetrics;
import dev.steadymail.provider.MailAccount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;

/** Measures what a client does in a registry of Micrometer, and prints how many requests there were and how long they took. */
public final class MeasureWithMicrometer {
    private MeasureWithMicrometer() {}

    public static void main(String[] args) {
        MeterRegistry registry = new SimpleMeterRegistry();
        run(ExampleAccount.from(System.getenv()), registry);
        for (Timer timer : registry.get("steadymail.requests").timers()) {
            if (timer.count() > 0) {
                System.out.printf(
                        "%s %s: %d, %.0f ms%n",
                        timer.getId().getTag("operation"),
                        timer.getId().getTag("outcome"),
                        timer.count(),
                        timer.totalTime(TimeUnit.MILLISECONDS));
            }
        }
    }

    /** One registry serves all clients of the process; no metric names an account. */
    static void run(MailAccount account, MeterRegistry registry) {
        SteadymailMetrics metrics = SteadymailMetrics.in(registry);
        try (MailRuntime runtime = MailRuntime.builder().listener(metrics).build();
                MailClient mail = runtime.open(account)) {
            var unused = mail.mailboxes().list();
        }
    }
}
