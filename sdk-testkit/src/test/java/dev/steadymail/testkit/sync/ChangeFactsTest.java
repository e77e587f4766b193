package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage.Cause;
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.GapReport;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a batch and a report say of changes besides the changes: new mail or old, told or recovered. */
class ChangeFactsTest {
    private static final MailboxId INBOX = new MailboxId("inbox");
    private static final EmailId OLD = new EmailId("old");
    private static final EmailId RECENT = new EmailId("recent");

    private final ScriptedSync sync = new ScriptedSync();
    private final Instant firstRun = sync.time.now();

    @BeforeEach
    void loadOldAndRecent() {
        sync.load(ids -> new Loaded(
                ids.stream()
                        .map(id -> email(id, id.equals(OLD) ? firstRun.minus(Duration.ofDays(40)) : sync.time.now()))
                        .toList(),
                List.of()));
        sync.page("0", List.of(), Mode.FULL, Set.of());
        var unused = sync.run();
    }

    @Test
    void whatArrivedSinceTheLastRun_isFirstSeen_andOldMailThatComesIntoViewIsNot() {
        sync.time.advance(Duration.ofDays(30));
        sync.page("1", List.of(new Change.Appeared(OLD), new Change.Appeared(RECENT)));
        var unused = sync.run();
        assertEquals(Set.of(RECENT), last().firstSeen());
    }

    /** The last run is long ago: what came right after it is new all the same. */
    @Test
    void whatArrivedDaysAgo_butAfterTheLastRun_isFirstSeen() {
        sync.load(ids -> new Loaded(List.of(email(RECENT, firstRun.plusSeconds(1))), List.of()));
        sync.time.advance(Duration.ofDays(30));
        sync.page("1", List.of(new Change.Appeared(RECENT)));
        var unused = sync.run();
        assertEquals(Set.of(RECENT), last().firstSeen());
    }

    @Test
    void whatAFirstRunOrAGapBrings_isNeverFirstSeen() {
        sync.page("1", List.of(new Change.Appeared(RECENT)), Mode.RECOVERED, Set.of());
        var unused = sync.run();
        assertEquals(Set.of(), last().firstSeen());
        assertEquals(Mode.RECOVERED, last().mode());
    }

    @Test
    void anEmailReadAgain_isNotFirstSeenAgain() {
        sync.page("1", List.of(new Change.Appeared(RECENT)));
        var unused = sync.run();
        sync.page("2", List.of(new Change.Appeared(RECENT)));
        unused = sync.run();
        assertEquals(Set.of(), last().firstSeen());
    }

    @Test
    void aGap_isReportedOnce_withItsWindowAndWhatWasMissing() {
        sync.page("1", List.of(new Change.Appeared(OLD), new Change.Appeared(RECENT)));
        SyncReport told = sync.run();
        assertNull(told.gap());

        sync.time.advance(Duration.ofDays(9));
        Set<Gap> gaps = Set.of(new Gap(Cause.UIDS_VOID, INBOX));
        sync.page(
                "2",
                List.of(
                        new Change.Appeared(new EmailId("missing")),
                        new Change.Updated(RECENT, Set.of(INBOX), Set.of(Keyword.SEEN)),
                        new Change.Vanished(OLD),
                        new Change.Vanished(new EmailId("never known"))),
                Mode.RECOVERED,
                gaps);
        SyncReport closed = sync.run();
        assertEquals(new GapReport(gaps, firstRun, sync.time.now(), 1, 1, 1), closed.gap());
        assertEquals(3, closed.recovered());

        sync.page("3", List.of());
        assertNull(sync.run().gap());
    }

    /** Stores that an earlier version wrote have the provider's cursor as it is. */
    @Test
    void aCursorOfAnEarlierVersion_isGoneOnFrom() {
        ScriptedSync upgraded = new ScriptedSync();
        upgraded.store.apply(SyncBatch.to(new SyncCursor("i1c;x,1,2,3,4,5")).build());
        upgraded.page("next", List.of(), Mode.RECOVERED, Set.of());
        SyncReport report = upgraded.run();
        assertEquals(Optional.of("i1c;x,1,2,3,4,5"), upgraded.asked.get(0).map(SyncCursor::value));
        assertNull(report.gap().since());
    }

    private SyncBatch last() {
        return sync.applied.get(sync.applied.size() - 1);
    }

    private static Email email(EmailId id, Instant receivedAt) {
        return Email.state(id, null, Set.of(INBOX), Set.of(), receivedAt, 1);
    }
}
