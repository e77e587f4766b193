package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Keeps a local list of the inbox up to date as it changes: the watch says when to look, the sync says what changed. */
public final class WatchInbox {
    private WatchInbox() {}

    public static void main(String[] args) throws InterruptedException {
        // The store is opened first, so that it is closed last: a sync may be writing to it.
        try (FileSyncStore store = FileSyncStore.open(Path.of("inbox-state"));
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(ExampleAccount.from(System.getenv()))) {
            watch(mail, store, WatchInbox::print);
            new CountDownLatch(1).await(); // until somebody ends the program
        }
    }

    static Watch watch(MailClient mail, SyncStore store, Consumer<SyncReport> listener) {
        MailboxId inbox = mail.mailboxes().find(Role.INBOX).orElseThrow().id();
        EmailLoader states = (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.STATE), List.of());
        SyncOptions options =
                new SyncOptions(Set.of(inbox), SyncOptions.DEFAULT.pageSize(), SyncOptions.DEFAULT.pageTimeout());
        SyncEngine sync = mail.sync(store, states, options);
        return mail.watch(WatchOptions.INBOX, event -> {
            if (event instanceof WatchEvent.Changed) {
                // Where it fails, the next change makes up for it; who cannot wait so long tries again here.
                listener.accept(sync.run(progress -> {}));
            } else if (event instanceof WatchEvent.Lost lost) {
                System.err.printf("%s; again in %s%n", lost.cause().getMessage(), lost.retryIn());
            }
        });
    }

    private static void print(SyncReport report) {
        System.out.printf("%d new, %d changed, %d gone%n", report.created(), report.updated(), report.destroyed());
    }
}
