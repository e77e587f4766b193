package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.thread.ComputedThread;
import dev.steadymail.thread.ComputedThreads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows conversations of an account whose provider has none: a sync of the headers, and threads computed from what it kept. */
public final class Conversations {
    private Conversations() {}

    public static void main(String[] args) {
        run(ExampleAccount.from(System.getenv()), Path.of("conversations-state"))
                .forEach(System.out::println);
    }

    /** Returns a line for each email, its subject indented below the one it answers. */
    static List<String> run(MailAccount account, Path folder) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account);
                FileSyncStore store = FileSyncStore.open(folder)) {
            EmailLoader headers =
                    (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
            SyncReport unused = mail.sync(store, headers, SyncOptions.DEFAULT).run(progress -> {});
            return lines(ComputedThreads.of(store.emails()), subjects(mail, store));
        }
    }

    /** A store keeps no subjects; a program that shows lists keeps them beside it. */
    private static Map<String, String> subjects(MailClient mail, FileSyncStore store) {
        Map<EmailId, String> own =
                store.emails().collect(Collectors.toMap(stored -> stored.email().id(), StoredEmail::id));
        Map<String, String> subjects = new HashMap<>();
        mail.emails()
                .get(own.keySet(), FetchLevel.METADATA)
                .forEach(email -> subjects.put(own.get(email.id()), email.subject()));
        return subjects;
    }

    private static List<String> lines(ComputedThreads threads, Map<String, String> subjects) {
        List<String> lines = new ArrayList<>();
        for (ComputedThread thread : threads.all()) {
            thread.emails().forEach(email -> lines.add("  ".repeat(email.depth()) + subjects.get(email.id())));
        }
        return lines;
    }
}
