package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.provider.MailAccount;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps texts, and attachments of up to 5 MB, of the last 30 days in a folder; running it again reads only what is missing. */
public final class KeepContent {
    private KeepContent() {}

    public static void main(String[] args) {
        ContentReport report =
                run(ExampleAccount.from(System.getenv()), Path.of(args.length > 0 ? args[0] : "content"));
        System.out.printf(
                "%d emails kept, %d were there, %d parked%n", report.stored(), report.held(), report.parked());
    }

    static ContentReport run(MailAccount account, Path folder) {
        ContentOptions options = ContentOptions.DEFAULT
                .withPolicy(ContentPolicy.recent(Duration.ofDays(30)))
                .withWanted(Wanted.TEXT_AND_HTML.withAttachmentsUpTo(5_000_000));
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            return mail.content(new FolderSink(folder), options)
                    .run(progress -> System.err.printf("%d of %d%n", progress.done(), progress.total()));
        }
    }
}
