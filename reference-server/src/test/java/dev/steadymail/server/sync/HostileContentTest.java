package dev.steadymail.server.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.sync.SyncBatch;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What mail may hold that a database does not take: none of it may keep the other emails out. */
final class HostileContentTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final HikariDataSource database = TestDatabase.create();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final UUID account = UUID.randomUUID();
    private final PostgresSyncStore store = PostgresSyncStoreTest.store(account, database);

    @BeforeEach
    void addAccount() {
        jdbc.update(
                "insert into account (id, identity, url, login, state, created_at) values (?, 'x', '', '', 'new', now())",
                account);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999-01-01T00:00:00Z", "-999999-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void apply_aDateThatNoDatabaseTakes_storesTheEmailWithoutIt(String year) {
        store.apply(batch(email("a", "far", Instant.parse(year), NOON), email("b", "near", NOON, NOON)));
        assertEquals(2, store.known().all().size());
        assertEquals(1, jdbc.queryForObject("select count(*) from email where sent_at is null", Integer.class));
    }

    @Test
    void apply_anArrivalThatNoDatabaseTakes_storesTheNearestOne() {
        store.apply(batch(email("a", "far", null, Instant.parse("+999999-01-01T00:00:00Z"))));
        assertEquals(
                List.of(Instant.parse("9999-12-31T00:00:00Z")),
                store.known().all().stream().map(KnownEmail::receivedAt).toList());
    }

    /** The engine parks what is refused so. */
    @Test
    void apply_anEmailThatTheDatabaseRefuses_isInvalid_andStoresNothing() {
        jdbc.execute("alter table email add check (subject <> 'poison')");
        MailException refused = assertThrows(
                MailException.class,
                () -> store.apply(batch(email("a", "poison", NOON, NOON), email("b", "fine", NOON, NOON))));
        assertEquals(Kind.INVALID, refused.kind());
        assertEquals(0, store.known().all().size());
        assertTrue(store.cursor().isEmpty());
    }

    @Test
    void apply_whereTheDatabaseItselfFails_saysWhy_andParksNothing() {
        jdbc.execute("drop table parked_email");
        MailException failure =
                assertThrows(MailException.class, () -> store.apply(batch(email("a", "fine", NOON, NOON))));
        assertEquals(Kind.STORAGE, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("SQLSTATE 42P01"), failure.getMessage());
        assertEquals(0, store.known().all().size());
    }

    private static SyncBatch batch(Email... emails) {
        SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("1"));
        List.of(emails).forEach(batch::create);
        return batch.build();
    }

    private static Email email(String id, String subject, @Nullable Instant sentAt, Instant receivedAt) {
        Envelope envelope = new Envelope(
                subject, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, sentAt);
        return new Email(
                new EmailId(id), null, null, Set.of(new MailboxId("inbox")), Set.of(), receivedAt, 1, envelope, null);
    }
}
