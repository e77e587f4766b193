package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.time.ManualTime;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page's changes hold in their order, although a batch is applied by kind of change. */
class ChangeOrderTest {
    private static final Set<MailboxId> INBOX = Set.of(new MailboxId("INBOX"));
    private static final EmailId A = new EmailId("a");
    private static final EmailId B = new EmailId("b");

    @TempDir
    Path folder;

    @Test
    void vanishedThenRelocatedToTheSameId_keepsTheRelocated() {
        assertEquals("[b]", after(new Change.Vanished(B), new Change.Relocated(A, B, INBOX)));
    }

    @Test
    void relocatedThenVanished_isGone() {
        assertEquals("[]", after(new Change.Relocated(A, B, INBOX), new Change.Vanished(B)));
    }

    @Test
    void vanishedThenAppearedAgain_isThere() {
        assertEquals("[a, b]", after(new Change.Vanished(B), new Change.Appeared(B)));
    }

    @Test
    void appearedThenVanished_isGone() {
        assertEquals("[a]", after(new Change.Appeared(B), new Change.Vanished(B)));
    }

    @Test
    void vanishedAppearedAndVanished_isGone() {
        assertEquals("[a]", after(new Change.Vanished(B), new Change.Appeared(B), new Change.Vanished(B)));
    }

    @Test
    void knownThatAppearedAndIsNotThereAnyMore_isGone() {
        assertEquals("[a]", after((ids, call) -> new Loaded(List.of(), List.of()), new Change.Appeared(B)));
    }

    private String after(Change... changes) {
        return after(ChangeOrderTest::load, changes);
    }

    /** Starts with a and b. */
    private String after(EmailLoader loader, Change... changes) {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            run(store, ChangeOrderTest::load, new Change.Appeared(A), new Change.Appeared(B));
            run(store, loader, changes);
            TreeSet<String> left = new TreeSet<>();
            store.emails().forEach(stored -> left.add(stored.email().id().value()));
            return left.toString();
        }
    }

    private static void run(FileSyncStore store, EmailLoader loader, Change... changes) {
        ChangePage page = new ChangePage(
                List.of(changes), new SyncCursor("next"), true, ChangePage.Mode.INCREMENTAL, OptionalLong.empty());
        MailProvider provider = (MailProvider) Proxy.newProxyInstance(
                MailProvider.class.getClassLoader(),
                new Class<?>[] {MailProvider.class},
                (proxy, method, args) -> page);
        new SyncEngine(provider, new ManualTime().timeSource(1), store, loader, SyncOptions.DEFAULT).run(report -> {});
    }

    private static Loaded load(List<EmailId> ids, Call call) {
        List<Email> emails = ids.stream()
                .map(id -> Email.state(id, null, INBOX, Set.of(), ManualTime.START, 1))
                .toList();
        return new Loaded(emails, List.of());
    }
}
