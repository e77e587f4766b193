package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.smtp.SmtpFault;
import dev.steadymail.testkit.smtp.SmtpMailroom;
import dev.steadymail.testkit.smtp.SmtpMessage;
import dev.steadymail.testkit.smtp.SmtpStage;
import dev.steadymail.testkit.smtp.SmtpTestServer;
import dev.steadymail.testkit.smtp.SmtpTimes;
import dev.steadymail.testkit.smtp.SmtpTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending from the command line over sockets: what the submission server takes, and what the account keeps. */
class SubmissionCommandTest {
    private static final String USER = "ada@example.com";
    private static final String PASSWORD = "correct-horse";

    @TempDir
    Path folder;

    private final ImapTestServer imap =
            ImapTestServer.builder().user(USER, PASSWORD).start();
    private final AtomicBoolean savesSent = new AtomicBoolean();
    private final SmtpTestServer smtp = SmtpTestServer.builder()
            .user(USER, PASSWORD)
            .mailroom(new SmtpMailroom(this::save))
            .start();
    private final CommandBench bench = new CommandBench(new ProviderAccounts(SystemTime.start()));
    private final String account = "imap://" + USER + "@127.0.0.1:" + imap.port() + "?tls=none&smtp=127.0.0.1:"
            + smtp.port() + "&smtptls=none";

    @BeforeEach
    void prepare() {
        bench.variable("STEADYMAIL_PASSWORD", PASSWORD)
                .variable("STEADYMAIL_HOME", folder.resolve("home").toString());
    }

    @AfterEach
    void close() {
        imap.close();
        smtp.close();
    }

    /** What some providers do, whoever sends. */
    private void save(SmtpMessage message) {
        if (savesSent.get()) {
            imap.account(USER)
                    .append("Sent", message.octets(), List.of(), Instant.now().atOffset(ZoneOffset.UTC));
        }
    }

    private List<SmtpMessage> accepted() {
        return smtp.mailroom().messages();
    }

    private String text(int index) {
        return new String(accepted().get(index).octets(), StandardCharsets.UTF_8);
    }

    private Ended hello(String... recipients) {
        List<String> all = new ArrayList<>(
                List.of("send", account, "--subject", "Hello", "--text", "Hi", "--idempotency-key", "order-1"));
        for (String recipient : recipients) {
            all.addAll(List.of("--to", recipient));
        }
        return bench.run(all.toArray(String[]::new));
    }

    @Test
    void message_arrivesOnceHoweverOftenItIsSent() {
        Ended first = hello("bob@example.org");
        assertEquals(0, first.exit(), first.err());
        assertTrue(first.out().matches("sent\torder-1\t[^\t\n]+\n"), first.out() + first.err());
        Ended second = hello("bob@example.org");
        assertEquals(first.out(), second.out());
        Ended resumed = bench.run("send", account, "--resume");
        assertEquals(first.out(), resumed.out());
        assertEquals(1, accepted().size());
        assertEquals(List.of("bob@example.org"), accepted().get(0).envelope().addresses());
        assertEquals(1, imap.account(USER).messages("Sent").size());
        assertEquals(0, smtp.mailroom().violationCount());
        assertFalse((first.out() + first.err()).contains(PASSWORD));
    }

    @Test
    void lostAnswer_isFoundAmongTheSentMailAndNeverRepeated() {
        savesSent.set(true);
        smtp.inject(SmtpFault.acceptThenCut(), SmtpTimes.once());
        Ended first = hello("bob@example.org");
        assertEquals(0, first.exit(), first.err());
        assertTrue(first.out().matches("sent-before\torder-1\t[^\t\n]+\n"), first.out());
        Ended second = hello("bob@example.org");
        assertEquals(first.out(), second.out());
        assertEquals(1, accepted().size());
    }

    @Test
    void oneRecipientRefused_isSentInPart() {
        smtp.inject(
                SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(550, "5.1.1", "no such user"))
                        .recipient(2),
                SmtpTimes.once());
        Ended ended = hello("bob@example.org", "nobody@example.org");
        assertEquals(5, ended.exit(), ended.err());
        assertTrue(ended.out().startsWith("sent\torder-1\t"), ended.out());
        assertTrue(ended.err().contains("steadymail: not sent to nobody@example.org: "), ended.err());
        assertEquals(List.of("bob@example.org"), accepted().get(0).envelope().addresses());
    }

    @Test
    void allRecipientsRefused_isRefused() {
        smtp.inject(SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(550, "5.1.1", "no such user")), SmtpTimes.always());
        Ended ended = hello("nobody@example.org");
        assertEquals(2, ended.exit(), ended.err());
        assertEquals("refused\torder-1\t\n", ended.out());
        assertEquals(List.of(), accepted());
    }

    @Test
    void wholeMessage_leavesByteForByteButBcc() throws IOException {
        String header = "From: ada@example.com\r\nTo: bob@example.org\r\n";
        String rest = "Message-ID: <own@example.com>\r\nX-Odd:  kept \r\n\r\n.dot\r\nB\u00e4r\r\n";
        Path file = Files.writeString(folder.resolve("own.eml"), header + "Bcc: carl@example.org\r\n" + rest);
        Ended ended = bench.run("send", account, "--eml", file.toString());
        assertEquals(0, ended.exit(), ended.err());
        assertEquals(header + rest, text(0));
        assertEquals(
                List.of("bob@example.org", "carl@example.org"),
                accepted().get(0).envelope().addresses());
    }

    @Test
    void reply_isInTheThread() {
        byte[] original =
                "From: Bob <bob@example.org>\r\nMessage-ID: <m1@example.org>\r\nSubject: Plan\r\n\r\nShall we?\r\n"
                        .getBytes(StandardCharsets.UTF_8);
        imap.account(USER).append("INBOX", original, List.of(), Instant.EPOCH.atOffset(ZoneOffset.UTC));
        String id = bench.run("search", account, "--mailbox", "INBOX").out().split("\t")[0];
        Ended ended = bench.run("send", account, "--reply-to", id, "--text", "Yes.");
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(text(0).contains("In-Reply-To: <m1@example.org>\r\n"), text(0));
        assertTrue(text(0).contains("References: <m1@example.org>\r\n"), text(0));
        assertTrue(text(0).contains("> Shall we?"), text(0));
        assertEquals(List.of("bob@example.org"), accepted().get(0).envelope().addresses());
    }

    @Test
    void draft_isSentAndGone() {
        Ended created = bench.run("drafts", account, "--create", "--to", "bob@example.org", "--text", "Hi");
        assertEquals(0, created.exit(), created.err());
        Ended sent = bench.run("drafts", account, "--send", created.out().strip());
        assertEquals(0, sent.exit(), sent.err());
        assertTrue(sent.out().matches("sent\t\t[^\t\n]+\n"), sent.out());
        assertEquals(1, accepted().size());
        assertEquals(0, imap.account(USER).messages("Drafts").size());
    }

    @Test
    void withoutSubmissionServer_theRemedyNamesTheParameter() {
        String readOnly = account.substring(0, account.indexOf("&smtp="));
        Ended ended = bench.run("send", readOnly, "--to", "bob@example.org", "--text", "Hi");
        assertEquals(2, ended.exit());
        assertTrue(ended.err().contains("?smtp=HOST:PORT"), ended.err());
        assertEquals(List.of(), imap.log());
        assertTrue(Files.notExists(folder.resolve("home")));
    }
}
