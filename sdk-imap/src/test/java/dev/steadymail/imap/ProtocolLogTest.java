package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.event.ProtocolLog;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.smtp.SmtpTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole sessions are in the log, and nothing that anybody wrote is. */
class ProtocolLogTest {
    private static final String USER = "zwuser";
    private static final String PASSWORD = "0123456789zwpass";
    private static final String SUBMITTER = "zwpost@example.com";
    private static final String MAILBOX = "zwbox";
    private static final String MESSAGE = "Subject: zwsubject\r\nFrom: zwfriend@example.org\r\n\r\nzwbody\r\n";
    private static final String YEAR = "202455";
    private static final List<String> CANARIES = List.of(
            USER,
            PASSWORD,
            "0123456789",
            "zwpost",
            "example.",
            MAILBOX,
            YEAR,
            "zwsubject",
            "zwbody",
            "zwword",
            "98765432",
            "zwkeyword",
            "zwfriend",
            "127.0.0.1",
            "localhost");

    @Test
    void session_canBeFollowed_andHoldsNothingThatAnybodyWrote() throws IOException {
        try (ImapTestServer imap = ImapTestServer.builder().user(USER, PASSWORD).start();
                SmtpTestServer smtp =
                        SmtpTestServer.builder().user(SUBMITTER, PASSWORD).start();
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(LocalServers.plain(imap.port(), USER, PASSWORD)
                        .submitting(SmtpServer.at("127.0.0.1")
                                .insecureLoopback()
                                .port(smtp.port())
                                .credentials(Credentials.password(SUBMITTER, PASSWORD))))) {
            mail.protocolLog().start();
            use(mail);
            requireNoCanary(mail.protocolLog());
            List<String> imapLines = texts(mail, Protocol.IMAP);
            assertTrue(imapLines.contains("connected"), imapLines::toString);
            assertTrue(imapLines.stream().anyMatch(line -> line.matches("A\\d+ SELECT <\\d+>.*")), imapLines::toString);
            assertTrue(imapLines.stream().anyMatch(line -> line.matches("A\\d+ CREATE <6>")), imapLines::toString);
            assertTrue(
                    imapLines.stream().anyMatch(line -> line.matches("A\\d+ APPEND <5> .*\\{\\d+\\}")),
                    imapLines::toString);
            assertTrue(
                    imapLines.stream().anyMatch(line -> line.matches("A\\d+ UID SEARCH .*SUBJECT <8>.*")),
                    imapLines::toString);
            List<String> smtpLines = texts(mail, Protocol.SMTP);
            assertTrue(smtpLines.stream().anyMatch(line -> line.startsWith("MAIL FROM:<18>")), smtpLines::toString);
            assertTrue(smtpLines.contains("AUTH SCRAM-SHA-256 <secret>"), smtpLines::toString);
            print(mail.protocolLog());
        }
    }

    private static void use(MailClient mail) throws IOException {
        var unused = mail.mailboxes().create(List.of(YEAR));
        MailboxId box = mail.mailboxes().create(List.of(MAILBOX)).id();
        EmailId id = mail.emails()
                .importEmail(
                        RawContent.of(MESSAGE.getBytes(StandardCharsets.US_ASCII)),
                        EmailImport.into(box).with(Set.of(Keyword.SEEN, new Keyword("zwkeyword"))));
        mail.emails().addKeyword(List.of(id), new Keyword("98765432"));
        assertEquals("zwsubject", mail.emails().get(id, FetchLevel.METADATA).subject());
        mail.emails()
                .query(EmailQuery.in(box).subject("98765432").text("zwword"))
                .forEach(found -> {});
        try (var raw = mail.emails().raw(id)) {
            assertTrue(raw.readAllBytes().length > 0);
        }
        EmailId draft = mail.drafts()
                .create(OutgoingEmail.from(new EmailAddress("zwfriend", SUBMITTER))
                        .to(new EmailAddress(null, "zwfriend@example.org"))
                        .subject("zwsubject")
                        .text("zwbody"));
        assertInstanceOf(Sent.class, mail.drafts().send(draft));
    }

    @Test
    void failingLogin_isInTheLog_andTheSecretIsNot() {
        try (ImapTestServer imap = ImapTestServer.builder().user(USER, "other").start();
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(LocalServers.plain(imap.port(), USER, PASSWORD))) {
            mail.protocolLog().start();
            assertThrows(MailException.class, () -> mail.mailboxes().list());
            requireNoCanary(mail.protocolLog());
            List<String> lines = texts(mail, Protocol.IMAP);
            assertTrue(lines.stream().anyMatch(line -> line.contains("<secret>")), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.matches("A\\d+ NO .*")), lines::toString);
        }
    }

    @Test
    void plainLoginCommand_showsNeitherUserNorPassword() {
        try (ImapTestServer imap = ImapTestServer.builder()
                        .user(USER, PASSWORD)
                        .only(ImapCapability.UIDPLUS)
                        .start();
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(LocalServers.plain(imap.port(), USER, PASSWORD))) {
            mail.protocolLog().start();
            var unused = mail.mailboxes().list();
            requireNoCanary(mail.protocolLog());
            List<String> lines = texts(mail, Protocol.IMAP);
            assertTrue(lines.stream().anyMatch(line -> line.matches("A\\d+ LOGIN <secret> <secret>")), lines::toString);
        }
    }

    @Test
    void log_thatIsOff_holdsNothing() {
        try (ImapTestServer imap = ImapTestServer.builder().user(USER, PASSWORD).start();
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(LocalServers.plain(imap.port(), USER, PASSWORD))) {
            var unused = mail.mailboxes().list();
            assertFalse(mail.protocolLog().isOn());
            assertTrue(mail.protocolLog().lines().isEmpty());
        }
    }

    private static List<String> texts(MailClient mail, Protocol protocol) {
        return mail.protocolLog().lines().stream()
                .filter(line -> line.protocol() == protocol)
                .map(ProtocolLog.Line::text)
                .toList();
    }

    private static void requireNoCanary(ProtocolLog log) {
        for (ProtocolLog.Line line : log.lines()) {
            for (String canary : CANARIES) {
                assertFalse(line.text().toLowerCase(Locale.ROOT).contains(canary), line::toString);
            }
        }
    }

    private static void print(ProtocolLog log) {
        if (System.getenv("STEADYMAIL_SHOW_LOG") != null) {
            log.lines().forEach(System.out::println);
        }
    }
}
