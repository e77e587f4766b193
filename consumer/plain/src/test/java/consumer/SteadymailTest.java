package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.html.HtmlSanitizer;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads one email by each provider, so that the libraries below them run in the versions this project got. */
final class SteadymailTest {
    private static final String ADA = "ada@example.com";
    private static final byte[] RAW = """
            From: Bob <bob@example.com>
            To: Ada <ada@example.com>
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
            Date: Mon, 2 Feb 2026 10:00:00 +0000
            Message-ID: <1@example.com>

            Hello
            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    @Test
    void imap_listsTheInbox() {
        try (ImapTestServer server = ImapTestServer.builder().user(ADA, "secret").start()) {
            server.account(ADA).append("INBOX", RAW, Set.of(), OffsetDateTime.parse("2026-02-02T10:00:00Z"));
            assertEquals(List.of("Grüße"), subjects(ImapAccount.at("127.0.0.1", Credentials.password(ADA, "secret"))
                    .security(ImapAccount.Security.NONE_LOOPBACK_ONLY)
                    .port(server.port())));
        }
    }

    @Test
    void gmail_listsTheInbox() {
        try (FakeGmail server = FakeGmail.builder().user(ADA, "token").start()) {
            server.mailbox(ADA).add(RAW, "INBOX", "UNREAD");
            assertEquals(List.of("Grüße"), subjects(GmailAccount.with(Tokens.fixed("token"))
                    .rootUrl(URI.create(server.rootUrl()))));
        }
    }

    @Test
    void cacheInMemory_needsNothingOfRedis() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("io.lettuce.core.RedisClient"));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.jpountz.lz4.LZ4Factory"));
        try (ImapTestServer server = ImapTestServer.builder().user(ADA, "secret").start();
                MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT)) {
            server.account(ADA).append("INBOX", RAW, Set.of(), OffsetDateTime.parse("2026-02-02T10:00:00Z"));
            MailAccount account = CachedAccount.of(ImapAccount.at("127.0.0.1", Credentials.password(ADA, "secret"))
                    .security(ImapAccount.Security.NONE_LOOPBACK_ONLY)
                    .port(server.port()), cache);
            assertEquals(List.of("Grüße"), subjects(account));
            assertEquals(List.of("Grüße"), subjects(account));
            assertTrue(cache.statistics().hitRate() > 0, cache.statistics()::toString);
        }
    }

    @Test
    void html_isSanitized() {
        assertEquals("<p>Hello</p>", HtmlSanitizer.create().sanitize("<p onclick=x>Hello</p><script>x</script>").html());
    }

    private static List<String> subjects(MailAccount account) {
        List<String> subjects = new ArrayList<>();
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            for (Email email : mail.emails().query(EmailQuery.in(Role.INBOX).unseen().newestFirst().limit(20))) {
                subjects.add(email.subject());
            }
        }
        return subjects;
    }
}
