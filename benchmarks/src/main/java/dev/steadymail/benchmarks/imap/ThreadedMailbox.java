package dev.steadymail.benchmarks.imap;

import dev.steadymail.MailClient;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.thread.ComputedThread;
import dev.steadymail.thread.ComputedThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Syncs one mailbox into files and prints its threads: {@code REFERENCES} or {@code REFS}, a tab, and the UIDs with their depths, as
 * in {@code 3:0 5:1}; last {@code milliseconds} and what computing took. Arguments: port, user, mailbox, folder for the store. The
 * password is in {@code STEADYMAIL_PASSWORD}.
 */
public final class ThreadedMailbox {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private ThreadedMailbox() {}

    public static void main(String[] arguments) {
        String password = System.getenv("STEADYMAIL_PASSWORD");
        if (password == null || arguments.length != 4) {
            throw new IllegalArgumentException("port, user, mailbox and folder, and STEADYMAIL_PASSWORD, are needed");
        }
        Endpoint endpoint = new Endpoint(Integer.parseInt(arguments[0]), arguments[1], password, null);
        try (Steadymail steadymail = new Steadymail();
                MailClient client = steadymail.open(endpoint);
                FileSyncStore store = FileSyncStore.open(Path.of(arguments[3]))) {
            sync(client, store, new MailboxId(arguments[2]));
            print(store);
        }
    }

    private static void sync(MailClient client, FileSyncStore store, MailboxId mailbox) {
        SyncOptions options = new SyncOptions(Set.of(mailbox), 500, Duration.ofMinutes(5));
        SyncReport unused = client.sync(store, (ids, call) -> read(client, ids, call), options)
                .run(progress -> {});
    }

    private static Loaded read(MailClient client, List<EmailId> ids, Call call) {
        return new Loaded(client.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
    }

    private static void print(FileSyncStore store) {
        Map<String, Long> uids =
                store.emails().collect(Collectors.toMap(StoredEmail::id, stored -> Differential.uid(stored.email())));
        long began = System.nanoTime();
        ComputedThreads threads = ComputedThreads.of(store.emails());
        long took = System.nanoTime() - began;
        print("REFERENCES", threads, uids);
        print("REFS", ComputedThreads.byReferences(store.emails()), uids);
        System.out.println("milliseconds\t" + took / NANOS_PER_MILLI);
    }

    private static void print(String kind, ComputedThreads threads, Map<String, Long> uids) {
        for (ComputedThread thread : threads.all()) {
            System.out.println(kind + "\t"
                    + thread.emails().stream()
                            .map(member -> uids.get(member.id()) + ":" + member.depth())
                            .collect(Collectors.joining(" ")));
        }
    }
}
