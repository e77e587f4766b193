package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.web.Items;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class StoredThreadsTest {
    private static final HikariDataSource DATABASE = TestDatabase.create();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final CountedStatements counted = new CountedStatements(DATABASE);
    private final JdbcClient jdbc = JdbcClient.create(counted);
    private final StoredMail mail = new StoredMail(jdbc, new ContentJson());
    private final StoredThreads threads = new StoredThreads(jdbc, mail, new ContentJson());
    private final UUID account = UUID.randomUUID();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void addAccount() {
        jdbc.sql(
                        "insert into account (id, identity, url, login, state, created_at) values (?, ?, '', '', 'new', now())")
                .params(account, account.toString())
                .update();
    }

    @Test
    void threads_areTheirNewestEmails_countedOnce() {
        UUID talk = UUID.randomUUID();
        add(talk, 1, "a@x.example", "$seen");
        add(UUID.randomUUID(), 2, "b@x.example");
        UUID newest = add(talk, 3, "A@x.example");
        List<ThreadSummary> found = threads.threads(account, null, 10).items();
        assertEquals(2, found.size());
        assertEquals(talk, found.get(0).id());
        assertEquals(2, found.get(0).count());
        assertEquals(1, found.get(0).unread());
        assertEquals(newest, found.get(0).latest().id());
        assertEquals(1, found.get(0).participants().size(), "one address in two spellings");
    }

    @Test
    void threads_pageByPage_areAllOfThemOnce() {
        List<UUID> talks = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            UUID talk = UUID.randomUUID();
            talks.add(0, talk);
            for (int n = 0; n <= i % 3; n++) {
                add(talk, i, "a@x.example");
            }
        }
        List<UUID> walked = new ArrayList<>();
        @Nullable EmailCursor after = null;
        do {
            Items<ThreadSummary> page = threads.threads(account, after, 5);
            page.items().forEach(thread -> walked.add(thread.id()));
            after = page.next() == null ? null : EmailCursor.parse(page.next());
        } while (after != null);
        assertEquals(talks, walked);
    }

    @Test
    void emails_ofAThread_arePaged_andNoOthers() {
        UUID talk = UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            add(talk, i, "a@x.example");
            add(UUID.randomUUID(), i, "b@x.example");
        }
        Items<EmailSummary> first = threads.emails(account, talk, null, 3);
        assertEquals(3, first.items().size());
        Items<EmailSummary> rest = threads.emails(account, talk, EmailCursor.parse(String.valueOf(first.next())), 3);
        assertEquals(2, rest.items().size());
        assertNull(rest.next());
        assertTrue(threads.emails(UUID.randomUUID(), talk, null, 3).items().isEmpty(), "of another account");
    }

    @Test
    void statements_areAsMany_forAPageOfAnySize() {
        for (int i = 0; i < 60; i++) {
            add(UUID.randomUUID(), i, "a@x.example");
            add(new UUID(0, 1), i, "a@x.example");
        }
        requireOneStatement(size -> assertNotNull(threads.threads(account, null, size)));
        requireOneStatement(size -> assertNotNull(threads.emails(account, new UUID(0, 1), null, size)));
        requireOneStatement(size -> assertNotNull(mail.emails(account, null, null, size)));
    }

    private void requireOneStatement(IntConsumer page) {
        for (int size : new int[] {1, 10, 50}) {
            int before = counted.asked();
            page.accept(size);
            assertEquals(1, counted.asked() - before, "statements for a page of " + size);
        }
    }

    private UUID add(UUID conversation, int minute, String from, String... keywords) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        "insert into email (id, account_id, provider_key, provider_id, keywords, received_at, size,"
                                + " has_attachment, content, conversation_id) values (?, ?, ?, 'x', ?, ?, 1, false, ?::jsonb, ?)")
                .params(
                        id,
                        account,
                        id.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        keywords,
                        NOON.plusSeconds(60L * minute).atOffset(ZoneOffset.UTC),
                        "{\"from\":[{\"name\":null,\"address\":\"" + from + "\"}]}",
                        conversation)
                .update();
        return id;
    }
}
