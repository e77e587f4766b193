package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.send.OutboxState;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accounts that share the tables have nothing to do with each other. */
final class AccountsTest {
    private static final AccountId ADA = new AccountId("ada");
    private static final AccountId BOB = new AccountId("bob");
    private static final MailboxId INBOX = new MailboxId("inbox");
    private static final SyncBatch BATCH = SyncBatch.to(new SyncCursor("1"))
            .save(new Mailbox(INBOX, List.of("INBOX"), null, true))
            .create(Email.state(new EmailId("e"), null, Set.of(INBOX), Set.of(), Entries.NOON, 1))
            .park(new ParkedEmail(new EmailId("p"), "unreadable"))
            .build();

    @ParameterizedTest
    @EnumSource(Product.class)
    void theSameKeysAndIds_areOthersInAnotherAccount(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcStores stores = JdbcStores.open(database);
            fill(stores, ADA);
            fill(stores, BOB);
            assertTrue(stores.outbox(ADA).replace(Entries.in(OutboxState.CANCELLED, "key", 2)));
            stores.sync(ADA)
                    .apply(SyncBatch.to(new SyncCursor("2"))
                            .destroy(new EmailId("e"))
                            .drop(INBOX)
                            .build());
            assertEquals(Optional.of(Entries.queued("key")), stores.outbox(BOB).find("key"));
            assertEquals(3, stores.outbox(BOB).content(Entries.queued("key")).size());
            assertEquals(Optional.of(new SyncCursor("1")), stores.sync(BOB).cursor());
            assertEquals(1, stores.sync(BOB).known().in(INBOX).size());
            assertEquals(0, stores.sync(ADA).known().all().size());
            assertEquals(1, stores.sync(BOB).known().mailboxes().size());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void remove_leavesNothingOfTheAccount_andAllOfTheOther(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcStores stores = JdbcStores.open(database);
            fill(stores, BOB);
            List<Integer> before = new Rows(database).counts();
            fill(stores, ADA);
            JdbcOutboxStore outbox = stores.outbox(ADA);
            JdbcSyncStore sync = stores.sync(ADA);
            assertTrue(stores.remove(ADA));
            assertFalse(stores.remove(ADA));
            assertEquals(before, new Rows(database).counts());
            assertStorage(() -> outbox.add(Entries.queued("late"), Entries.CONTENT));
            assertStorage(() -> sync.apply(BATCH));
            fill(stores, new AccountId("the next one"));
            assertEquals(
                    Optional.empty(), outbox.find("key"), "another account got the number of the one that is gone");
        }
    }

    private static void assertStorage(Runnable call) {
        assertEquals(Kind.STORAGE, assertThrows(MailException.class, call::run).kind());
    }

    private static void fill(JdbcStores stores, AccountId account) {
        assertEquals(Optional.empty(), stores.outbox(account).add(Entries.queued("key"), Entries.CONTENT));
        stores.sync(account).apply(BATCH);
    }
}
