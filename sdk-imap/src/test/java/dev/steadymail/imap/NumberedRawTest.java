package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.testkit.imap.GmailAttributes;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.imap.SpecialUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NumberedRawTest {
    private static final String ALL = "[Gmail]/All Mail";
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-01T12:00:00+02:00");

    private final ImapTestServer server = ImapTestServer.builder()
            .with(ImapCapability.X_GM_EXT_1)
            .user("ada", "secret")
            .start();
    private final MailRuntime runtime = MailRuntime.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private final MailClient mail = runtime.open(ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
            .port(server.port())
            .security(Security.NONE_LOOPBACK_ONLY));
    private final BulkReader reader = mail.unwrap(BulkReader.class).orElseThrow();
    private final Map<String, Email> read = new TreeMap<>();
    private final Map<String, String> octets = new TreeMap<>();

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    private void showAllMail() {
        server.account("ada").createMailbox(ALL, SpecialUse.ALL);
    }

    private void deliver(String mailbox, long number) {
        byte[] raw = ("Subject: " + number + "\r\n\r\nbody").getBytes(StandardCharsets.US_ASCII);
        server.account("ada")
                .append(mailbox, raw, List.of(), NOON, new GmailAttributes(number, number, List.of("\\Inbox")));
    }

    private void read(String... ids) {
        List<EmailId> wanted = List.of(ids).stream().map(EmailId::new).toList();
        reader.read(
                wanted,
                new RawVisitor() {
                    @Override
                    public void message(Email email, InputStream content) throws IOException {
                        read.put(email.id().value(), email);
                        octets.put(email.id().value(), new String(content.readAllBytes(), StandardCharsets.US_ASCII));
                    }

                    @Override
                    public void unreadable(EmailId id, MailException reason) {
                        throw reason;
                    }
                },
                new Call(runtime.time().deadline(Duration.ofSeconds(30)), Lane.BACKFILL));
    }

    private long logged(String part) {
        return server.log().stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void messages_areFoundByTheirNumberWhereverTheyAre() {
        showAllMail();
        deliver(ALL, 0x19a4c00000010001L);
        deliver("Junk", 0x19a4c00000010002L);
        deliver("Trash", 0xf9a4c00000010003L);
        deliver("INBOX", 0x77);
        read("19a4c00000010001", "19a4c00000010002", "f9a4c00000010003", "77", "not a number");
        assertEquals(List.of("19a4c00000010001", "19a4c00000010002", "f9a4c00000010003"), List.copyOf(read.keySet()));
        assertEquals("Subject: " + 0x19a4c00000010001L + "\r\n\r\nbody", octets.get("19a4c00000010001"));
        assertEquals(NOON.toInstant(), read.get("19a4c00000010001").receivedAt());
        assertEquals(
                octets.get("19a4c00000010002").length(),
                read.get("19a4c00000010002").size());
    }

    @Test
    void numbers_areAskedForOnce_andThenOnlyThoseOfWhatIsNew() {
        showAllMail();
        LongStream.rangeClosed(1, 300).forEach(number -> deliver(ALL, number));
        read("1");
        assertEquals(1, logged("(UID X-GM-MSGID)"));
        read("2", "12c");
        assertEquals(1, logged("(UID X-GM-MSGID)"));
        deliver(ALL, 0x500);
        read("500", "3");
        assertEquals(2, logged("(UID X-GM-MSGID)"));
        assertEquals(1, logged("UID FETCH 301 (UID X-GM-MSGID)"));
        assertEquals(5, read.size());
        reader.forget();
        read("4");
        assertEquals(3, logged("(UID X-GM-MSGID)"));
        assertEquals(6, read.size());
    }

    @Test
    void newUidValidity_voidsTheNumbers() {
        showAllMail();
        deliver(ALL, 1);
        deliver(ALL, 2);
        read("1");
        server.account("ada").expunge(ALL, 1);
        long unused = server.account("ada").resetUidValidity(ALL);
        read("1", "2");
        assertEquals("Subject: 2\r\n\r\nbody", octets.get("2"));
        assertEquals(2, read.size());
    }

    @Test
    void whatIsGone_isLeftOut() {
        showAllMail();
        deliver(ALL, 1);
        deliver(ALL, 2);
        read("1");
        server.account("ada").expunge(ALL, 2);
        read("2");
        assertEquals(List.of("1"), List.copyOf(read.keySet()));
    }

    @Test
    void hiddenAllMail_isUnsupported() {
        MailException failure = assertThrows(MailException.class, () -> read("1"));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
    }

    @Test
    void otherServers_areUnsupported() {
        try (ImapTestServer other =
                        ImapTestServer.builder().user("ada", "secret").start();
                MailClient client = runtime.open(ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
                        .port(other.port())
                        .security(Security.NONE_LOOPBACK_ONLY))) {
            BulkReader none = client.unwrap(BulkReader.class).orElseThrow();
            Call call = new Call(runtime.time().deadline(Duration.ofSeconds(30)), Lane.BACKFILL);
            MailException failure =
                    assertThrows(MailException.class, () -> none.read(List.of(new EmailId("1")), new Nobody(), call));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
        }
    }

    private static final class Nobody implements RawVisitor {
        @Override
        public void message(Email email, InputStream content) {
            throw new AssertionError("nothing was to be read");
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            throw new AssertionError("nothing was to be read", reason);
        }
    }
}
