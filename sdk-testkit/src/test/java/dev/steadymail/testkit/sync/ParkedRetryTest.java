package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedRetryTest {
    private static final SyncOptions SMALL_PAGES = new SyncOptions(Set.of(), 2, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private final InMemoryAccount account = InMemoryAccount.labels();
    private final MailRuntime runtime = MailRuntime.create();
    private final MailClient mail = runtime.open(account);
    private FileSyncStore store;

    @BeforeEach
    void parkFive() {
        store = FileSyncStore.open(folder);
        for (int n = 0; n < 5; n++) {
            deliver("parked " + n);
        }
        sync((ids, call) -> unreadable(ids));
        assertEquals(5, store.parked().size());
    }

    @AfterEach
    void close() {
        store.close();
        runtime.close();
    }

    /** Whatever a parked email does to its loader, the changes of the mailbox are not held up by it. */
    @Test
    void parkedEmailThatFailsTheLoad_doesNotHoldUpChanges() {
        Set<EmailId> poison =
                Set.copyOf(store.parked().stream().map(ParkedEmail::id).toList());
        deliver("new");
        assertThrows(
                MailException.class,
                () -> sync((ids, call) -> {
                    if (ids.stream().anyMatch(poison::contains)) {
                        throw MailException.of(Kind.TIMEOUT, "no answer");
                    }
                    return load(ids);
                }));
        assertEquals(1, store.emails().count());
        assertEquals(5, store.parked().size());
    }

    @Test
    void manyParkedEmails_areTriedInPagesAndStoredOnceReadable() {
        List<Integer> loads = new ArrayList<>();
        sync((ids, call) -> {
            loads.add(ids.size());
            return load(ids);
        });
        assertEquals(List.of(2, 2, 1), loads);
        assertEquals(5, store.emails().count());
        assertTrue(store.parked().isEmpty());
    }

    /** A killed run leaves messages staged; trying the parked ones again must not forget them before they are used. */
    @Test
    void stagedBeforeAKill_isStillStagedWhenItsPageIsLoaded() {
        deliver("new");
        Set<EmailId> parked =
                Set.copyOf(store.parked().stream().map(ParkedEmail::id).toList());
        Email[] staged = new Email[1];
        assertThrows(
                MailException.class,
                () -> sync((ids, call) -> {
                    if (parked.containsAll(ids)) {
                        return unreadable(ids);
                    }
                    staged[0] = load(ids).emails().get(0);
                    store.stage(staged[0]);
                    throw MailException.of(Kind.CANCELLED, "killed");
                }));
        store.close();
        store = FileSyncStore.open(folder);
        sync((ids, call) -> {
            if (ids.contains(staged[0].id())) {
                assertTrue(store.staged(staged[0].id()).isPresent());
            }
            return load(ids);
        });
        assertEquals(6, store.emails().map(StoredEmail::id).distinct().count());
    }

    private void sync(EmailLoader loader) {
        mail.sync(store, loader, SMALL_PAGES).run(report -> {});
    }

    private static Loaded unreadable(List<EmailId> ids) {
        return new Loaded(
                List.of(),
                ids.stream().map(id -> new ParkedEmail(id, "unreadable")).toList());
    }

    private Loaded load(List<EmailId> ids) {
        return new Loaded(mail.emails().get(ids, FetchLevel.STATE), List.of());
    }

    private void deliver(String subject) {
        byte[] message = ("Subject: " + subject + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.US_ASCII);
        account.deliver("INBOX", message, Set.of(), Instant.parse("2024-03-01T12:00:00Z"));
    }
}
