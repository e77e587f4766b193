package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.send.OutboxState;
import dev.steadymail.sync.SyncBatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** What the stores do when the database does not do its part. */
final class TroubleTest {
    private static final AccountId ADA = new AccountId("ada");

    @Test
    void anotherDatabase_isUnsupported_andSaysWhichAreNot() {
        MailException failure = assertThrows(MailException.class, () -> Dialect.of("Oracle"));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("PostgreSQL"), failure.getMessage());
    }

    @Test
    void aDatabaseThatCannotBeReached_isStorage() {
        SQLiteDataSource nowhere = new SQLiteDataSource();
        nowhere.setUrl("jdbc:sqlite:/nowhere/at/all.db");
        MailException failure = assertThrows(MailException.class, () -> JdbcStores.open(nowhere));
        assertEquals(Kind.STORAGE, failure.kind());
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void everyConnection_isGivenBackAsItWas_andEveryStatementHasALimit(Product product) {
        for (boolean autoCommit : new boolean[] {true, false}) {
            Watched watched = new Watched(product.database());
            watched.lendWithAutoCommit(autoCommit);
            useAll(JdbcStores.open(watched.dataSource()));
            assertEquals(List.of(), watched.sins());
        }
    }

    /** At each statement of each change. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void aStatementThatFails_failsTheCall_andKeepsNoConnection(Product product) {
        DataSource database = product.database();
        Watched watched = new Watched(database);
        JdbcStores stores = JdbcStores.open(watched.dataSource());
        JdbcSyncStore sync = stores.sync(ADA);
        int failed = 0;
        for (int step = 1; step < 200; step++) {
            int failing = step;
            watched.failing((what, number) -> {
                if (what.equals("execute") && number == failing) {
                    throw new SQLException("value 'ada@example.com' is bad", "XX000");
                }
            });
            try {
                sync.apply(batch("1"));
                break;
            } catch (MailException failure) {
                failed++;
                assertEquals(Kind.STORAGE, failure.kind());
                assertFalse(failure.mayHaveTakenEffect());
                assertFalse(trace(failure).contains("ada@example.com"), "a value of the driver's message came out");
                assertEquals(
                        Optional.empty(), JdbcStores.open(database).sync(ADA).cursor());
            }
            assertEquals(List.of(), watched.sins());
        }
        assertTrue(failed > 5, "no statement failed");
        assertEquals(
                Optional.of(new SyncCursor("1")),
                JdbcStores.open(database).sync(ADA).cursor());
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aCommitWithoutAnswer_saysThatItMayBeStored(Product product) {
        Watched watched = new Watched(product.database());
        JdbcOutboxStore outbox = JdbcStores.open(watched.dataSource()).outbox(ADA);
        for (String when : List.of("commit", "committed")) {
            watched.failing((what, number) -> {
                if (what.equals(when)) {
                    throw new SQLException("gone", "08006");
                }
            });
            MailException failure =
                    assertThrows(MailException.class, () -> outbox.add(Entries.queued(when), Entries.CONTENT));
            assertEquals(Kind.STORAGE, failure.kind());
            assertTrue(failure.mayHaveTakenEffect());
            watched.failing((what, number) -> {});
            assertEquals(when.equals("committed"), outbox.find(when).isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void whatTheDatabaseUndid_isDoneAgain_untilThatIsInVain(Product product) {
        Watched watched = new Watched(product.database());
        JdbcOutboxStore outbox = JdbcStores.open(watched.dataSource()).outbox(ADA);
        AtomicInteger left = new AtomicInteger(3);
        watched.failing((what, number) -> {
            if (what.equals("commit") && left.getAndDecrement() > 0) {
                throw undone(product);
            }
        });
        assertEquals(Optional.empty(), outbox.add(Entries.queued("a"), Entries.CONTENT));
        assertEquals(1, outbox.waiting());
        AtomicInteger tries = new AtomicInteger();
        watched.failing((what, number) -> {
            if (what.equals("commit")) {
                tries.incrementAndGet();
                throw undone(product);
            }
        });
        MailException failure =
                assertThrows(MailException.class, () -> outbox.replace(Entries.in(OutboxState.CANCELLED, "a", 2)));
        assertEquals(Kind.STORAGE, failure.kind());
        assertFalse(failure.mayHaveTakenEffect());
        assertEquals(8, tries.get());
        assertEquals(List.of(), watched.sins());
    }

    @Test
    void aTableThatIsMissing_isStorage_withARemedy() {
        DataSource database = Product.POSTGRESQL.database();
        JdbcSyncStore sync = JdbcStores.open(database).sync(ADA);
        Product.run(database, "drop table steadymail_parked");
        MailException failure = assertThrows(MailException.class, () -> sync.apply(batch("1")));
        assertEquals(Kind.STORAGE, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("SQLSTATE 42P01"), failure.getMessage());
        assertTrue(String.valueOf(failure.getMessage()).contains("grant"), failure.getMessage());
    }

    @Test
    void anInterrupt_endsTheWaiting() {
        Watched watched = new Watched(Product.SQLITE.database());
        JdbcOutboxStore outbox = JdbcStores.open(watched.dataSource()).outbox(ADA);
        watched.failing((what, number) -> {
            if (what.equals("commit")) {
                throw undone(Product.SQLITE);
            }
        });
        Thread.currentThread().interrupt();
        MailException failure =
                assertThrows(MailException.class, () -> outbox.add(Entries.queued("a"), Entries.CONTENT));
        assertEquals(Kind.CANCELLED, failure.kind());
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), watched.sins());
    }

    private static SQLException undone(Product product) {
        return product == Product.POSTGRESQL
                ? new SQLException("deadlock", "40P01")
                : new SQLException("busy", null, 5);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static SyncBatch batch(String cursor) {
        MailboxId inbox = new MailboxId("inbox");
        return SyncBatch.to(new SyncCursor(cursor))
                .create(Email.state(new EmailId("e"), null, Set.of(inbox), Set.of(), Entries.NOON, 1))
                .build();
    }

    private static void useAll(JdbcStores stores) {
        JdbcOutboxStore outbox = stores.outbox(ADA);
        outbox.add(Entries.queued("a"), Entries.CONTENT);
        outbox.content(Entries.queued("a"));
        outbox.due(Set.of(OutboxState.QUEUED), Entries.NOON, 1);
        outbox.nextDue(Set.of(OutboxState.QUEUED));
        outbox.left(1);
        outbox.list(1);
        outbox.replace(Entries.in(OutboxState.CANCELLED, "a", 2));
        outbox.forget(Entries.NOON);
        JdbcSyncStore sync = stores.sync(ADA);
        sync.apply(batch("1"));
        assertEquals(
                sync.known().all().size(),
                sync.known().in(new MailboxId("inbox")).size());
        sync.parked();
        stores.remove(ADA);
    }
}
