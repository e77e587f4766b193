package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One email that cannot be read, or that a store will not have, holds up no other and is not forgotten. */
class PoisonTest {
    private static final MailboxId INBOX = new MailboxId("inbox");
    private static final List<EmailId> TEN =
            IntStream.range(0, 10).mapToObj(n -> new EmailId("e" + n)).toList();
    private static final EmailId POISON = TEN.get(6);

    private final ScriptedSync sync = new ScriptedSync();

    @Test
    void anEmailThatFailsTheLoad_isParked_andTheOthersAreStored() {
        sync.page("1", appeared(TEN));
        sync.load(ids -> {
            if (ids.contains(POISON)) {
                throw MailException.of(Kind.PROTOCOL, "the answer cannot be understood");
            }
            return loaded(ids);
        });
        SyncReport report = sync.run();
        assertEquals(9, report.created());
        assertEquals(List.of(POISON), parked());
        assertTrue(sync.store.parked().get(0).reason().contains("cannot be understood"));
    }

    @Test
    void aLoadThatFailsForAnotherReason_failsTheRun_andParksNothing() {
        sync.page("1", appeared(TEN));
        sync.load(ids -> {
            throw MailException.of(Kind.NETWORK, "cut");
        });
        assertThrows(MailException.class, sync::run);
        assertTrue(sync.store.parked().isEmpty());
        assertTrue(sync.store.cursor().isEmpty());
    }

    @Test
    void anEmailThatTheStoreRefuses_isParked_andTheOthersAreStored() {
        sync.refuse(POISON);
        sync.page("1", appeared(TEN));
        SyncReport report = sync.run();
        assertEquals(9, report.created());
        assertEquals(1, report.parked());
        assertEquals(List.of(POISON), parked());
    }

    @Test
    void aChangeThatTheStoreRefuses_isParked_andAppliedOnceItIsTaken() {
        sync.page("1", appeared(TEN));
        var unused = sync.run();
        sync.refuse(POISON);
        sync.page("2", TEN.stream().<Change>map(PoisonTest::flagged).toList());
        assertEquals(9, sync.run().updated());
        assertEquals(List.of(POISON), parked());
        assertFalse(sync.keywords(POISON).contains(Keyword.FLAGGED));

        sync.accept(POISON);
        sync.load(ids -> loaded(ids, Keyword.FLAGGED));
        sync.page("3", List.of());
        sync.time.advance(Duration.ofHours(1));
        unused = sync.run();
        assertEquals(List.of(), parked());
        assertTrue(sync.keywords(POISON).contains(Keyword.FLAGGED));
    }

    @Test
    void aMoveThatTheStoreRefuses_leavesNothingUnderTheOldId() {
        sync.page("1", appeared(TEN));
        var unused = sync.run();
        EmailId moved = new EmailId("moved");
        sync.refuse(moved);
        sync.page("2", List.of(new Change.Relocated(POISON, moved, Set.of(INBOX))));
        unused = sync.run();
        assertEquals(List.of(moved), parked());
        assertTrue(sync.store.known().find(POISON).isEmpty());
    }

    @Test
    void aMailboxThatTheStoreRefuses_failsTheRun() {
        sync.refuse(INBOX);
        sync.page("1", List.of(new Change.MailboxSaved(new Mailbox(INBOX, List.of("INBOX"), null, true))));
        assertEquals(Kind.INVALID, assertThrows(MailException.class, sync::run).kind());
    }

    /** A crash between the parts has the page told again, and not passed over. */
    @Test
    void parts_areAppliedUnderTheCursorThatWasThere() {
        sync.page("1", appeared(TEN));
        var unused = sync.run();
        SyncCursor before = sync.store.cursor().orElseThrow();
        sync.refuse(POISON);
        sync.page("2", TEN.stream().<Change>map(PoisonTest::flagged).toList());
        unused = sync.run();
        List<SyncBatch> parts = sync.applied.subList(1, sync.applied.size());
        assertTrue(parts.size() > 2);
        assertTrue(parts.subList(0, parts.size() - 1).stream()
                .allMatch(part -> part.cursor().equals(before)));
        assertFalse(parts.get(parts.size() - 1).cursor().equals(before));
    }

    @Test
    void rests_doubleUpToTheLongest_andReplayDoesNotWait() {
        sync.refuse(POISON);
        sync.page("1", appeared(TEN));
        var unused = sync.run();
        Instant began = sync.time.now();
        assertEquals(new Rest(1, began.plusSeconds(60)), rest());

        sync.page("2", List.of());
        unused = sync.run();
        assertEquals(1, rest().tries(), "not due yet");

        sync.time.advance(Duration.ofSeconds(60));
        sync.page("3", List.of());
        unused = sync.run();
        assertEquals(new Rest(2, sync.time.now().plusSeconds(120)), rest());

        for (int n = 3; n < 12; n++) {
            unused = sync.engine().replay(List.of(POISON));
        }
        assertEquals(new Rest(11, sync.time.now().plus(Duration.ofHours(6))), rest());

        sync.accept(POISON);
        assertEquals(1, sync.engine().replay(List.of(POISON, TEN.get(0))).created());
        assertEquals(List.of(), parked());
    }

    @Test
    void rests_areFromZeroToAYear_andTheLongestIsNotBelowTheFirst() {
        Duration minute = Duration.ofMinutes(1);
        assertThrows(IllegalArgumentException.class, () -> options(minute.negated(), minute));
        assertThrows(IllegalArgumentException.class, () -> options(minute, Duration.ofSeconds(59)));
        assertThrows(IllegalArgumentException.class, () -> options(minute, Duration.ofDays(367)));
        assertEquals(minute, options(minute, minute).longestRest());
    }

    private static SyncOptions options(Duration first, Duration longest) {
        return new SyncOptions(Set.of(), 1, Duration.ofMinutes(1), first, longest);
    }

    private record Rest(int tries, Instant until) {}

    private Rest rest() {
        ParkedEmail email = sync.store.parked().get(0);
        return new Rest(email.tries(), email.retryAt());
    }

    private List<EmailId> parked() {
        return sync.store.parked().stream().map(ParkedEmail::id).toList();
    }

    private static Change flagged(EmailId id) {
        return new Change.Updated(id, Set.of(INBOX), Set.of(Keyword.FLAGGED));
    }

    private static List<Change> appeared(List<EmailId> ids) {
        return ids.stream().<Change>map(Change.Appeared::new).toList();
    }

    private Loaded loaded(List<EmailId> ids, Keyword... keywords) {
        return new Loaded(
                ids.stream()
                        .map(id -> Email.state(id, null, Set.of(INBOX), Set.of(keywords), sync.time.now(), 1))
                        .toList(),
                List.of());
    }
}
