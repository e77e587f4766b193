package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.observability.events.BatcherStatistics;
import dev.steadymail.observability.events.EventBatcher;
import dev.steadymail.observability.events.SpillSettings;
import dev.steadymail.observability.export.EventExporter;
import dev.steadymail.observability.export.HttpExporter;
import dev.steadymail.provider.MailAccount;
import java.nio.file.Path;

/**
 * Sends what clients do to a receiver, without one word of anybody's mail; what cannot be delivered waits in a folder for the next start.
 * Arguments: the receiver's URL and the folder.
 */
public final class SendClientEvents {
    private SendClientEvents() {}

    public static void main(String[] args) {
        BatcherStatistics all = run(ExampleAccount.from(System.getenv()), HttpExporter.to(args[0]), Path.of(args[1]));
        System.out.printf(
                "%d events: %d sent, %d left for the next start, %d dropped%n",
                all.offered(), all.sent(), all.spilled(), all.dropped().total() + all.givenUp());
    }

    static BatcherStatistics run(MailAccount account, EventExporter exporter, Path folder) {
        EventBatcher events =
                EventBatcher.builder(exporter).spill(SpillSettings.in(folder)).build();
        // Closed last, when nothing happens any more.
        try (events;
                MailRuntime runtime = MailRuntime.builder().listener(events).build();
                MailClient mail = runtime.open(account)) {
            var unused = mail.mailboxes().list();
        }
        return events.statistics();
    }
}
