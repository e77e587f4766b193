package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.server.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class StoredMailTest {
    private static final HikariDataSource DATABASE = TestDatabase.create();

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final StoredMail mail = new StoredMail(jdbc, new ContentJson());
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
    void threadId_isShownAsItWas() {
        UUID id = add(StorableText.escaped("a\\b"), "{}");
        assertEquals("a\\b", mail.email(id).summary().threadId());
        assertEquals("a\\b", only().threadId());
    }

    @Test
    void names_thatJsonCannotCarry_haveAReplacement() {
        UUID id = add(StorableText.escaped("a\0\ud800b"), "{}");
        jdbc.sql("insert into mailbox (id, account_id, provider_key, provider_id, path, selectable, saved)"
                        + " values (?, ?, '', '', ?, true, true)")
                .params(UUID.randomUUID(), account, new String[] {StorableText.escaped("\\x\ud800")})
                .update();
        assertEquals("a\ufffd\ufffdb", mail.email(id).summary().threadId());
        assertEquals(List.of("\\x\ufffd"), mail.mailboxes(account).get(0).path());
    }

    @Test
    void list_showsTheFirstTenAddresses_andTheDetailAll() {
        List<EmailAddress> many = IntStream.range(0, 100)
                .mapToObj(i -> new EmailAddress(null, i + "@example.com"))
                .toList();
        UUID id = add(null, new ContentJson().write(EmailContent.of(SampleEmail.withAddresses(many))));
        assertEquals(100, mail.email(id).summary().from().size());
        assertEquals(mail.email(id).summary().from().subList(0, 10), only().from());
        assertEquals(mail.email(id).summary().to().subList(0, 10), only().to());
    }

    private EmailSummary only() {
        List<EmailSummary> listed = mail.emails(account, null, null, 10).items();
        assertEquals(1, listed.size());
        return listed.get(0);
    }

    private UUID add(@Nullable String threadId, String content) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into email (id, account_id, provider_key, provider_id, thread_id, keywords, received_at, size,"
                        + " has_attachment, content) values (?, ?, '', 'x', ?, '{}', now(), 1, false, ?::jsonb)")
                .params(id, account, threadId, content)
                .update();
        return id;
    }
}
