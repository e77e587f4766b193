package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.send.OutboxState;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mailboxes that are read page by page, and no statement that reads a whole table for a part of it. */
final class LargeMailboxTest {
    private static final AccountId ADA = new AccountId("ada");
    private static final MailboxId INBOX = new MailboxId("inbox");
    private static final MailboxId WORK = new MailboxId("work");
    private static final Pattern SCAN = Pattern.compile("SCAN (steadymail_|[a-oq-z]\\b)");
    private static final Pattern WHOLE_ACCOUNT =
            Pattern.compile("SEARCH (steadymail_(email|place|outbox)|[eio])\\b.*\\(account_id=\\?\\)");

    @ParameterizedTest
    @EnumSource(Product.class)
    void everyEmail_isSeenOnce_atTheEdgesOfPages(Product product) {
        for (int count : new int[] {PagedEmails.PAGE - 1, PagedEmails.PAGE, 2 * PagedEmails.PAGE + 1}) {
            try (HikariDataSource database = product.create()) {
                JdbcSyncStore store = JdbcStores.open(database).sync(ADA);
                fill(store, count);
                List<EmailId> ids =
                        IntStream.range(0, count).mapToObj(LargeMailboxTest::id).toList();
                assertEquals(
                        ids, store.known().all().stream().map(KnownEmail::id).toList());
                assertEquals(count, store.known().all().size());
                assertEquals(
                        ids,
                        List.copyOf(store.known().in(INBOX)).stream()
                                .map(KnownEmail::id)
                                .toList());
                List<KnownEmail> work = List.copyOf(store.known().in(WORK));
                assertEquals((count + 2) / 3, work.size());
                assertTrue(work.stream().allMatch(email -> email.mailboxIds().equals(Set.of(INBOX, WORK))));
                assertEquals(
                        count, store.emails().map(StoredEmail::id).distinct().count());
                List<EmailId> asked = new ArrayList<>(ids);
                asked.add(new EmailId("unknown"));
                assertEquals(new HashSet<>(ids), store.known().present(asked));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void iterating_whileBatchesAreApplied_goesOn(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcSyncStore store = JdbcStores.open(database).sync(ADA);
            fill(store, 2 * PagedEmails.PAGE);
            int seen = 0;
            for (KnownEmail email : store.known().all()) {
                if (seen++ == 0) {
                    store.apply(SyncBatch.to(new SyncCursor("2"))
                            .destroy(email.id())
                            .destroy(id(2 * PagedEmails.PAGE - 1))
                            .build());
                }
            }
            assertEquals(2 * PagedEmails.PAGE - 1, seen);
        }
    }

    /**
     * SQLite tells its plan before there is anything in the tables; PostgreSQL's depends on what is. What looks at a whole account must
     * be a question about a whole account, or stop after a few rows of an index that has them in order.
     */
    @Test
    void noStatement_readsMoreThanItIsAbout() {
        DataSource database = Product.SQLITE.database();
        Watched watched = new Watched(database);
        useAll(JdbcStores.open(watched.dataSource()));
        int explained = 0;
        for (String sql : watched.statements()) {
            if (sql.contains("?")) {
                explained++;
                for (String step : new Rows(database).texts("explain query plan " + sql, 4)) {
                    assertFalse(SCAN.matcher(step).find(), () -> sql + "\n" + step);
                    assertTrue(
                            isAboutAnAccount(sql)
                                    || !WHOLE_ACCOUNT.matcher(step).find(),
                            () -> sql + "\n" + step);
                }
            }
        }
        assertTrue(explained > 30, "only " + explained + " statements were seen");
    }

    private static boolean isAboutAnAccount(String sql) {
        return sql.startsWith("select count(*)")
                || sql.matches("delete from steadymail_[a-z]+ where account_id = \\?")
                || sql.endsWith("in (select id from steadymail_outbox where account_id = ?)")
                || sql.contains("order by left_s desc, left_n desc limit")
                || sql.contains("order by created_s desc, created_n desc, key_hash limit");
    }

    private static void useAll(JdbcStores stores) {
        JdbcOutboxStore outbox = stores.outbox(ADA);
        outbox.add(Entries.queued("a"), Entries.CONTENT);
        outbox.find("a");
        outbox.content(Entries.queued("a"));
        outbox.due(Set.of(OutboxState.QUEUED), Entries.NOON, 1);
        outbox.nextDue(Set.of(OutboxState.QUEUED));
        outbox.left(1);
        outbox.list(1);
        outbox.waiting();
        outbox.replace(Entries.in(OutboxState.CANCELLED, "a", 2));
        outbox.forget(Entries.NOON);
        JdbcSyncStore sync = stores.sync(ADA);
        fill(sync, 3);
        sync.apply(SyncBatch.to(new SyncCursor("2"))
                .relocate(new Relocated(id(0), id(9), Set.of(WORK)))
                .update(new Updated(id(1), Set.of(WORK), Set.of(Keyword.SEEN)))
                .destroy(id(2))
                .drop(INBOX)
                .build());
        sync.known().all().forEach(email -> sync.known().find(email.id()));
        assertEquals(2, sync.known().all().size());
        sync.known().in(INBOX).forEach(email -> {});
        assertEquals(0, sync.known().in(INBOX).size());
        sync.known().present(List.of(id(1)));
        sync.known().unread();
        sync.known().mailboxes();
        sync.parked();
        sync.cursor();
        stores.remove(ADA);
    }

    private static void fill(JdbcSyncStore store, int count) {
        SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("1"));
        for (int i = 0; i < count; i++) {
            Set<MailboxId> places = i % 3 == 0 ? Set.of(INBOX, WORK) : Set.of(INBOX);
            batch.create(Email.state(id(i), null, places, Set.of(Keyword.SEEN), Entries.NOON, i));
        }
        store.apply(batch.build());
    }

    private static EmailId id(int number) {
        return new EmailId("e" + number);
    }
}
