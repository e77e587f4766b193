package dev.steadymail.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailRuntime;
import dev.steadymail.hybrid.HybridAccount;
import dev.steadymail.hybrid.HybridOptions;
import dev.steadymail.hybrid.HybridOptions.WhenSpent;
import dev.steadymail.hybrid.HybridReading;
import dev.steadymail.hybrid.HybridReading.State;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One mailbox by two doors; the module that knows both providers has their tests together. */
class HybridSyncTest {
    private final ManualTime time = new ManualTime();
    private final MailRuntime runtime = MailRuntime.create();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static HybridAccount hybrid(SameMailbox world, HybridOptions options) {
        return HybridAccount.of(world.api(), world.door(), options);
    }

    private MirroredMailbox open(SameMailbox world, HybridOptions options) {
        return new MirroredMailbox(runtime, hybrid(world, options), 100);
    }

    private void assertSameAsByApi(SameMailbox world, MirroredMailbox mirror) {
        try (MirroredMailbox byApi = new MirroredMailbox(runtime, world.api(), 100)) {
            SyncReport unused = byApi.sync();
            assertEquals(byApi.emails(), mirror.emails());
        }
    }

    private static long fetches(SameMailbox world) {
        return world.imap().log().stream()
                .filter(line -> line.contains("BODY.PEEK[]"))
                .count();
    }

    @Test
    void twoThousandEmails_costUnderTwoPercentOfTheUnits_andStoresAreEqual() {
        try (SameMailbox world = new SameMailbox()) {
            String work = world.mailbox().createLabel("Work/Größe");
            world.deliver(600, 10, "INBOX", "UNREAD", "CATEGORY_PROMOTIONS");
            world.deliver(600, 50, work, "IMPORTANT");
            world.deliver(560, 100);
            world.deliver(120, 100, "SENT", "STARRED");
            world.deliver(80, 20, "SPAM");
            world.deliver(40, 20, "TRASH", work);
            try (MirroredMailbox byApi = new MirroredMailbox(runtime, world.api(), 500);
                    MirroredMailbox mirror = new MirroredMailbox(runtime, hybrid(world, HybridOptions.DEFAULT), 500)) {
                assertEquals(2_000, byApi.sync().created());
                assertEquals(2_000, mirror.sync().created());
                assertEquals(byApi.emails(), mirror.emails());
                assertEquals(2_000, mirror.emails().size());
                assertTrue(byApi.units() >= 40_000, "by API " + byApi.units());
                assertTrue(mirror.units() * 50 < byApi.units(), mirror.units() + " of " + byApi.units());
                assertEquals(1_995, mirror.reading().bySecond());
                assertEquals(State.READING, mirror.reading().state());
            }
        }
    }

    @Test
    void labelsChangedDuringTheBackfill_endAsTheyAre() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT)) {
            List<String> ids = world.deliver(300, 10, "INBOX", "UNREAD");
            SyncReport unused = mirror.sync(progress -> {
                if (progress.created() == 100) {
                    world.mailbox().modify(ids.get(5), Set.of("STARRED"), Set.of("INBOX", "UNREAD"));
                    world.mailbox().modify(ids.get(299), Set.of("TRASH"), Set.of());
                    world.mailbox().delete(ids.get(6));
                    world.deliver(1, 10, "INBOX");
                }
            });
            assertEquals(
                    Set.of(Keyword.SEEN, Keyword.FLAGGED),
                    mirror.emails().get(ids.get(5)).keywords());
            assertEquals(
                    Set.of(new MailboxId("TRASH")),
                    mirror.emails().get(ids.get(299)).mailboxIds());
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void secondBackfill_isReadWithStatesOfItsOwn() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox first = open(world, HybridOptions.DEFAULT)) {
            List<String> ids = world.deliver(60, 10, "INBOX", "UNREAD");
            SyncReport unused = first.sync();
            world.mailbox().modify(ids.get(0), Set.of("STARRED"), Set.of("INBOX"));
            world.mailbox().expireHistoryBefore(world.mailbox().historyId());
            world.deliver(60, 10, "IMPORTANT");
            world.mailbox().expireHistoryBefore(world.mailbox().historyId());
            long before = first.reading().bySecond();
            assertEquals(Mode.RECOVERED, first.sync().mode());
            assertEquals(55, first.reading().bySecond() - before, "60 but those compared");
            assertSameAsByApi(world, first);
        }
    }

    @Test
    void imapFailsInTheMiddle_restIsReadByTheApi_andChangesDoNotWait() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT)) {
            world.deliver(400, 10, "INBOX");
            SyncReport done = mirror.sync(progress -> {
                if (progress.created() == 200) {
                    world.imap().inject(new ImapFault.DisconnectOn("UID FETCH"), FaultCount.always());
                }
            });
            assertEquals(400, done.created());
            HybridReading reading = mirror.reading();
            assertEquals(State.RESTING, reading.state());
            assertTrue(reading.bySecond() >= 195 && reading.bySecond() < 400, "" + reading.bySecond());
            assertEquals(400, reading.bySecond() + reading.byFirst());
            world.imap().close();
            world.mailbox().add("Subject: new\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "INBOX");
            assertEquals(1, mirror.sync().created());
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void idsUnknownToImap_areReadByTheApi() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT.withSample(0))) {
            world.deliver(50, 10, "INBOX");
            for (int i = 0; i < 7; i++) {
                String unused = world.deliverHidden(10, "CHAT");
            }
            SyncReport unused = mirror.sync();
            assertEquals(50, mirror.reading().bySecond());
            assertEquals(7, mirror.reading().byFirst());
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void octetsOfTheDayUsedUp_restIsReadByTheApi() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT.withDailyBytes(1_000_000))) {
            world.deliver(300, 8_400, "INBOX");
            SyncReport unused = mirror.sync();
            HybridReading reading = mirror.reading();
            assertEquals(State.SPENT, reading.state());
            assertTrue(reading.bytes() >= 800_000 && reading.bytes() < 900_000, "" + reading.bytes());
            assertEquals(List.of(95L, 205L), List.of(reading.bySecond(), reading.byFirst()));
            long before = fetches(world);
            world.deliver(30, 10, "INBOX");
            world.mailbox().expireHistoryBefore(world.mailbox().historyId());
            assertEquals(30, mirror.sync().created());
            assertEquals(before, fetches(world));
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void moreOctetsThanTheDayHas_areBrokenOff() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = new MirroredMailbox(
                        runtime, hybrid(world, HybridOptions.DEFAULT.withDailyBytes(1_000_000)), 300)) {
            world.deliver(300, 20_000, "INBOX");
            SyncReport unused = mirror.sync();
            HybridReading reading = mirror.reading();
            assertEquals(State.SPENT, reading.state());
            assertTrue(reading.bySecond() < 295, "" + reading.bySecond());
            assertEquals(300, reading.bySecond() + reading.byFirst());
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void octetsOfTheDayUsedUp_restIsParkedAndReadTheNextDay() {
        HybridOptions later = HybridOptions.DEFAULT.withDailyBytes(1_000_000).withWhenSpent(WhenSpent.LATER);
        try (SameMailbox world = new SameMailbox();
                MailRuntime manual =
                        MailRuntime.builder().time(time.timeSource(1)).build()) {
            MirroredMailbox mirror = new MirroredMailbox(manual, hybrid(world, later), 100);
            world.deliver(150, 8_400, "INBOX", "UNREAD");
            SyncReport unused = mirror.sync();
            assertEquals(100, mirror.emails().size());
            assertEquals(50, mirror.store().parked().size());
            assertTrue(mirror.store().parked().stream()
                    .allMatch(email -> email.reason().equals("THROTTLED")));
            time.advance(Duration.ofHours(26));
            assertEquals(50, mirror.sync().created());
            assertEquals(List.of(), mirror.store().parked());
            assertEquals(10, mirror.reading().byFirst(), "only those compared");
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void otherOctetsByImap_endItsUse() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT)) {
            for (int i = 0; i < 40; i++) {
                String id = world.deliverHidden(10, "INBOX");
                world.show(id, SameMailbox.ALL_MAIL, ("X: " + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            SyncReport unused = mirror.sync();
            assertEquals(State.OFF, mirror.reading().state());
            assertEquals(0, mirror.reading().bySecond());
            assertSameAsByApi(world, mirror);
        }
    }

    @Test
    void serverWithoutGmailsExtension_isLeftAlone() {
        try (SameMailbox world = new SameMailbox(ImapTestServer.builder());
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT)) {
            world.deliver(40, 10, "INBOX");
            assertEquals(40, mirror.sync().created());
            assertEquals(State.RESTING, mirror.reading().state());
            assertEquals(40, mirror.reading().byFirst());
        }
    }

    @Test
    void fewEmails_areReadByTheApi() {
        try (SameMailbox world = new SameMailbox();
                MirroredMailbox mirror = open(world, HybridOptions.DEFAULT.withMinEmails(11))) {
            world.deliver(10, 10, "INBOX");
            assertEquals(10, mirror.sync().created());
            assertEquals(0, world.imap().log().size());
        }
    }
}
