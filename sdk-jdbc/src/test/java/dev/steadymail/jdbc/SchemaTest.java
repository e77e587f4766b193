package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.sync.SyncBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

final class SchemaTest {
    private static final AccountId ADA = new AccountId("ada");
    private static final int RIVALS = 8;

    @ParameterizedTest
    @EnumSource(Product.class)
    void open_byManyAtOnce_makesOneSchema(Product product) throws Exception {
        for (int round = 0; round < 5; round++) {
            DataSource database = product.database();
            Callable<JdbcStores> opening = () -> JdbcStores.open(database);
            ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
            try {
                for (var each : threads.invokeAll(Collections.nCopies(RIVALS, opening), 120, TimeUnit.SECONDS)) {
                    each.get().outbox(ADA).add(Entries.queued("once"), Entries.CONTENT);
                }
            } finally {
                threads.shutdownNow();
            }
            assertEquals(1, JdbcStores.open(database).outbox(ADA).waiting());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void open_overVersion1_keepsWhatIsThere(Product product) {
        DataSource database = product.database();
        Product.run(database, product.frozen(1));
        Product.run(database, "create table steadymail_schema (version integer primary key)");
        Product.run(database, "insert into steadymail_schema (version) values (1)");
        OutboxEntry entry = Entries.queued("waits");
        Product.run(database, rowsOfVersion1(product));
        JdbcStores stores = JdbcStores.open(database);
        assertEquals(Optional.of(entry), stores.outbox(ADA).find("waits"));
        stores.sync(ADA).apply(SyncBatch.to(new SyncCursor("1")).build());
        assertEquals(Optional.of(new SyncCursor("1")), stores.sync(ADA).cursor());
    }

    private static String rowsOfVersion1(Product product) {
        String seconds = String.valueOf(Entries.NOON.getEpochSecond());
        return "insert into steadymail_account (name_hash, name) values (" + hash(product, "ada") + ", 'ada');\n"
                + "insert into steadymail_outbox (account_id, key_hash, content_octets, key_text, fingerprint, message_id,"
                + " subject, recipients, message_date, size, created_s, created_n, state, due_s, due_n, attempts, looks,"
                + " refusals, changed_s, changed_n, settled, version) values (1, " + hash(product, "waits")
                + ", 3, 'waits', 'print', 'id@example.com', 'about waits', 'waits\n', '" + Entries.NOON + "', 3, "
                + seconds + ", 123456789, 'QUEUED', " + seconds + ", 123456789, 0, 0, '', " + seconds
                + ", 123456789, 0, 1)";
    }

    private static String hash(Product product, String text) {
        String hex = HexFormat.of().formatHex(SafeText.key(text));
        return product == Product.SQLITE ? "x'" + hex + "'" : "'\\x" + hex + "'";
    }

    /** Whoever has version 1 has these tables: a change of them is another version. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void version1_isAsItWasReleased(Product product) throws IOException {
        String file = (product == Product.SQLITE ? "sqlite" : "postgresql") + "-1.sql";
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(file))) {
            assertEquals(product.frozen(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void open_overANewerVersion_isRefused_andTouchesNothing(Product product) {
        DataSource database = product.database();
        JdbcStores.open(database);
        Product.run(database, "insert into steadymail_schema (version) values (" + (Schema.VERSION + 1) + ")");
        MailException failure = assertThrows(MailException.class, () -> JdbcStores.open(database));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
    }

    @Test
    void open_withTheTablesThere_needsNoRightToCreateThem() {
        PGSimpleDataSource owner = (PGSimpleDataSource) Product.POSTGRESQL.database();
        JdbcStores.open(owner);
        Product.run(
                owner,
                "drop role if exists mailer;\ncreate role mailer login;\nrevoke create on schema public from public;\n"
                        + "grant select, insert, update, delete on all tables in schema public to mailer");
        PGSimpleDataSource mailer = new PGSimpleDataSource();
        mailer.setUrl(owner.getUrl());
        mailer.setUser("mailer");
        try {
            JdbcStores stores = JdbcStores.open(mailer);
            stores.outbox(ADA).add(Entries.queued("a"), Entries.CONTENT);
            assertEquals(1, stores.outbox(ADA).waiting());
        } finally {
            Product.run(owner, "drop owned by mailer;\ndrop role mailer");
        }
    }

    @Test
    void open_whereTextsAreNotUnicode_isRefused() {
        DataSource database = Product.POSTGRESQL.database();
        Product.run(database, "create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        PGSimpleDataSource latin = new PGSimpleDataSource();
        latin.setUrl(((PGSimpleDataSource) database).getUrl().replaceFirst("/test\\d+", "/latin"));
        latin.setUser("postgres");
        MailException failure = assertThrows(MailException.class, () -> JdbcStores.open(latin));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
    }

    @Test
    void open_inMemory_isRefused() {
        var memory = new SQLiteDataSource();
        memory.setUrl("jdbc:sqlite::memory:");
        assertEquals(
                Kind.UNSUPPORTED,
                assertThrows(MailException.class, () -> JdbcStores.open(memory)).kind());
    }
}
