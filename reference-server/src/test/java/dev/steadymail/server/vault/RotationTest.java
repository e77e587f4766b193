package dev.steadymail.server.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.sync.CutConnections;
import dev.steadymail.server.vault.RotationStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rotations on a real database, cut off and under load. */
final class RotationTest {
    private static final String OLD = TestVault.key(1);
    private static final String NEW = TestVault.key(2);

    private final HikariDataSource database = TestDatabase.create();
    private final TestVault server = TestVault.on(database, OLD);

    @BeforeEach
    void createTable() {
        TestVault.createNumberedTable(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void status_beforeTheFirstRotation_isNone() {
        assertEquals(RotationStatus.NONE, server.rotation().status());
    }

    @Test
    void run_givesEveryOrganisationANewKey_andClosesWhatWasCopiedUnderTheOld() {
        UUID ours = server.newOrganisation();
        UUID theirs = server.newOrganisation();
        UUID empty = server.newOrganisation();
        List<UUID> accounts = new ArrayList<>();
        for (int i = 0; i < 250; i++) { // more than two batches
            accounts.add(server.newAccount(ours, "secret " + i));
        }
        UUID other = server.newAccount(theirs, "theirs");
        long numbered = server.newNumbered(theirs, "numbered");
        List<Long> oldKeys = server.dataKeys(ours);
        byte[] copied = server.stored(ours, accounts.get(7));
        assertEquals("secret 7", server.open(ours, accounts.get(7), copied));

        server.rotation().run();

        for (int i = 0; i < accounts.size(); i++) {
            assertEquals("secret " + i, server.open(ours, accounts.get(i)));
        }
        assertEquals("theirs", server.open(theirs, other));
        assertEquals("numbered", server.openNumbered(theirs, numbered));
        assertEquals(1, server.dataKeys(ours).size());
        assertFalse(server.dataKeys(ours).contains(oldKeys.get(0)));
        assertEquals(List.of(), server.dataKeys(empty));
        assertThrows(UnreadableSecretException.class, () -> server.open(ours, accounts.get(7), copied));
        RotationStatus status = server.rotation().status();
        assertEquals(State.FINISHED, status.state());
        assertEquals(4, status.organisations(), "with the operator's");
        assertEquals(252, status.valuesResealed());
        assertEquals(2, status.keysDestroyed());
        assertEquals(
                List.of(0L, 0L, 0L, 0L),
                List.of(status.organisationsLeft(), status.valuesLeft(), status.valuesUnreadable(), status.keysLeft()));
        assertNotNull(status.finishedAt());
    }

    @Test
    void run_again_makesNewKeysAgain() {
        UUID ours = server.newOrganisation();
        UUID account = server.newAccount(ours, "secret");
        server.rotation().run();
        List<Long> first = server.dataKeys(ours);
        server.rotation().run();
        assertFalse(server.dataKeys(ours).equals(first));
        assertEquals("secret", server.open(ours, account));
    }

    @Test
    void run_withANewFirstKeyOfTheSetting_makesTheOldOneNeedless() {
        UUID ours = server.newOrganisation();
        UUID account = server.newAccount(ours, "secret");
        UUID beforeDataKeys = server.newOldAccount(ours, OLD, "old format");
        assertThrows(
                UnreadableSecretException.class,
                () -> TestVault.on(database, NEW).open(ours, account));

        TestVault both = TestVault.on(database, NEW + "," + OLD);
        both.rotation().run();

        RotationStatus status = both.rotation().status();
        assertEquals(State.FINISHED, status.state());
        assertEquals(0, status.keysLeft());
        assertEquals(1, status.keysRewrapped());
        assertEquals(2, status.valuesResealed());
        TestVault without = TestVault.on(database, NEW);
        assertEquals("secret", without.open(ours, account));
        assertEquals("old format", without.open(ours, beforeDataKeys));
        assertEquals(2, without.stored(ours, beforeDataKeys)[0], "the format with data keys");
    }

    @Test
    void run_whereAKeyIsMissing_leavesWhatIsUnderItAlone_andDoesTheRest() {
        UUID ours = server.newOrganisation();
        UUID lost = server.newAccount(ours, "lost");
        TestVault other = TestVault.on(database, NEW);
        UUID good = other.newAccount(ours, "good");

        other.rotation().run();

        RotationStatus status = other.rotation().status();
        assertEquals(State.FINISHED, status.state());
        assertEquals(1, status.valuesUnreadable());
        assertEquals(1, status.keysLeft());
        assertEquals(1, status.keysDestroyed());
        assertEquals("good", other.open(ours, good));
        assertEquals("lost", TestVault.on(database, NEW + "," + OLD).open(ours, lost), "the key came back");
    }

    @Test
    void run_cutOff_goesOnWithTheSameKeys() {
        UUID ours = server.newOrganisation();
        for (int i = 0; i < 150; i++) {
            server.newAccount(ours, "secret");
        }
        List<Long> old = server.dataKeys(ours);
        List<Long> half = List.of();
        for (int steps = 20; half.size() < 2; steps++) {
            TestVault cut = TestVault.on(new CutConnections(database, steps).dataSource(), OLD);
            assertThrows(RuntimeException.class, () -> cut.rotation().run());
            half = server.dataKeys(ours);
        }
        assertTrue(half.containsAll(old));
        assertTrue(server.rotation().status().valuesLeft() > 0);

        server.rotation().run();

        assertEquals(List.of(half.get(1)), server.dataKeys(ours), "the key that was made before the cut");
        assertEquals(State.FINISHED, server.rotation().status().state());
    }

    @Test
    void start_thatFails_isStopped_andStartedAgainFinishes() {
        UUID ours = server.newOrganisation();
        UUID account = server.newAccount(ours, "secret");
        TestVault cut = TestVault.on(new CutConnections(database, 12).dataSource(), OLD);
        cut.rotation().start();
        await(State.STOPPED);
        cut.rotation().start();
        await(State.FINISHED);
        cut.rotation().close();
        assertEquals("secret", server.open(ours, account));
    }

    @Test
    void run_cutAtRandomPointsWhileOthersReadAndWrite_losesNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<UUID> organisations = List.of(server.newOrganisation(), server.newOrganisation());
        try (SecretTraffic traffic = new SecretTraffic(server, organisations, 40, seed)) {
            for (int round = 0; round < 5; round++) {
                List<List<Long>> before =
                        organisations.stream().map(server::dataKeys).toList();
                int cuts = 0;
                while (isCut(random.nextInt(400))) {
                    cuts++;
                }
                server.rotation().run();
                for (int i = 0; i < organisations.size(); i++) {
                    List<Long> after = server.dataKeys(organisations.get(i));
                    String where = "seed " + seed + ", round " + round + " after " + cuts + " cuts";
                    assertEquals(1, after.size(), where);
                    assertFalse(before.get(i).contains(after.get(0)), where);
                    assertEquals(0, server.underOldKeys(organisations.get(i)), where);
                }
            }
            traffic.stop();
            assertEquals(List.of(), traffic.failures(), "seed " + seed);
            traffic.verify();
        }
    }

    private void await(State state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (server.rotation().status().state() != state) {
            assertTrue(
                    System.nanoTime() < end,
                    () -> "not in time: " + server.rotation().status());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Rotates with connections that break at some step; returns whether they did. */
    private boolean isCut(int steps) {
        CutConnections connections = new CutConnections(database, steps);
        try {
            TestVault.on(connections.dataSource(), OLD).rotation().run();
        } catch (RuntimeException broken) {
            assertTrue(connections.wasCut(), () -> "failed without a cut: " + broken);
        }
        return connections.wasCut();
    }
}
