package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import java.nio.file.Path;
import java.util.List;

/** Keeps a local list of all emails up to date: the first run reads everything, later runs what changed. */
public final class KeepInSync {
    private KeepInSync() {}

    public static void main(String[] args) {
        SyncReport report = run(ExampleAccount.from(System.getenv()), Path.of("sync-state"));
        System.out.printf("%d new, %d changed, %d gone%n", report.created(), report.updated(), report.destroyed());
    }

    static SyncReport run(MailAccount account, Path folder) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account);
                FileSyncStore store = FileSyncStore.open(folder)) {
            EmailLoader states =
                    (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.STATE), List.of());
            return mail.sync(store, states, SyncOptions.DEFAULT)
                    .run(progress -> System.err.printf("%d looked at%n", progress.looked()));
        }
    }
}
