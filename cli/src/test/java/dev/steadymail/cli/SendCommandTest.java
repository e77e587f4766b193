package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.Faults;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending from the command line, with an account in memory. */
class SendCommandTest {
    private static final String ACCOUNT = "gmail://ada@example.com";
    private static final String[] HELLO = {"--to", "bob@example.org", "--subject", "Hello", "--text", "Hi"};

    @TempDir
    Path folder;

    private final InMemoryAccount account = InMemoryAccount.folders();
    private final CommandBench bench = CommandBench.of(account);

    @BeforeEach
    void nameHome() {
        bench.variable("STEADYMAIL_HOME", folder.resolve("home").toString());
    }

    private Ended send(String[] message, String... more) {
        return send(bench, message, more);
    }

    private static Ended send(CommandBench bench, String[] message, String... more) {
        List<String> all = new ArrayList<>(List.of("send", ACCOUNT));
        all.addAll(Arrays.asList(message));
        all.addAll(Arrays.asList(more));
        return bench.run(all.toArray(String[]::new));
    }

    /** Unfolded (RFC 5322 section 2.2.3). */
    private String sent(int index) {
        return new String(account.sent().get(index), StandardCharsets.UTF_8).replaceAll("\r\n[ \t]+", " ");
    }

    @Test
    void sameKey_isAnsweredFromTheOutbox() {
        Ended first = send(HELLO, "--idempotency-key", "order-1");
        assertEquals(0, first.exit(), first.err());
        assertTrue(first.out().matches("sent\torder-1\t[^\t\n]+\n"), first.out());
        Ended second = send(HELLO, "--idempotency-key", "order-1");
        assertEquals(0, second.exit(), second.err());
        assertEquals(first.out(), second.out());
        assertEquals(1, account.sent().size());
        assertTrue(sent(0).contains("\r\nFrom: ada@example.com\r\n"));
    }

    @Test
    void sameKeyForAnotherMessage_isWrongUsage() {
        send(HELLO, "--idempotency-key", "order-1");
        Ended other = send(HELLO, "--idempotency-key", "order-1", "--cc", "carl@example.org");
        assertEquals(2, other.exit());
        assertTrue(other.err().contains("new key"), other.err());
        assertEquals("", other.out());
        assertEquals(1, account.sent().size());
    }

    @Test
    void withoutKey_oneIsMadeUpAndPrinted() {
        Ended first = send(HELLO);
        Ended second = send(HELLO);
        assertTrue(first.out().matches("sent\t[0-9a-f-]{36}\t[^\t\n]+\n"), first.out());
        String key = first.out().split("\t")[1];
        assertTrue(first.err().contains("the key is " + key), first.err());
        assertFalse(second.out().contains(key));
        assertEquals(2, account.sent().size());
    }

    @Test
    void textOfStandardInput_htmlAndAttachmentsGoAlong() throws IOException {
        Path html = Files.writeString(folder.resolve("hello.html"), "<p>H\u00e4</p>");
        Path file = Files.write(folder.resolve("data.bin"), new byte[] {0, 1, 2});
        bench.input("H\u00e4\n");
        Ended ended = bench.run(
                "send",
                ACCOUNT,
                "--to",
                "Bob <bob@example.org>, carl@example.org",
                "--bcc",
                "dora@example.org",
                "--text-file",
                "-",
                "--html-file",
                html.toString(),
                "--attach",
                file.toString());
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(sent(0).contains("multipart/alternative"), sent(0));
        assertTrue(sent(0).contains("filename=\"data.bin\""), sent(0));
        assertTrue(sent(0).contains("AAEC"), sent(0));
        assertTrue(sent(0).contains("To: \"Bob\" <bob@example.org>, carl@example.org\r\n"), sent(0));
    }

    @Test
    void textInAnotherCharset_isWrongUsage() throws IOException {
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'H', (byte) 0xe4});
        Ended ended = bench.run("send", ACCOUNT, "--to", "bob@example.org", "--text-file", latin.toString());
        assertEquals(2, ended.exit());
        assertTrue(ended.err().contains("UTF-8"), ended.err());
    }

    @Test
    void replyToAll_isInTheThreadAndQuotes() {
        String original = """
                From: Bob <bob@example.org>
                To: ada@example.com, carl@example.org
                Subject: Plan
                Message-ID: <m2@example.org>
                References: <m1@example.org>

                Shall we?
                """;
        account.deliver("INBOX", original.getBytes(StandardCharsets.UTF_8), Set.of(), Instant.EPOCH);
        String id = bench.run("search", ACCOUNT).out().split("\t")[0];
        Ended ended = bench.run("send", ACCOUNT, "--reply-to", id, "--all", "--text", "Yes.");
        assertEquals(0, ended.exit(), ended.err());
        String answer = sent(0);
        assertTrue(answer.contains("In-Reply-To: <m2@example.org>\r\n"), answer);
        assertTrue(answer.contains("References: <m1@example.org> <m2@example.org>\r\n"), answer);
        assertTrue(answer.contains("Subject: Re: Plan\r\n"), answer);
        assertTrue(answer.contains("To: \"Bob\" <bob@example.org>\r\n"), answer);
        assertTrue(answer.contains("Cc: carl@example.org\r\n"), answer);
        assertTrue(answer.contains("Yes.\r\n\r\n") && answer.contains("> Shall we?"), answer);
        assertEquals(
                2,
                bench.run("send", ACCOUNT, "--reply-to", "none", "--text", "Yes.")
                        .exit());
    }

    @Test
    void wholeMessage_leavesAsItIs() throws IOException {
        byte[] message = "From: ada@example.com\r\nTo: bob@example.org\r\nMessage-ID: <own@example.com>\r\n\r\nHi\r\n"
                .getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("own.eml"), message);
        Ended ended = bench.run("send", ACCOUNT, "--eml", file.toString());
        assertEquals(0, ended.exit(), ended.err());
        assertArrayEquals(message, account.sent().get(0));
        Files.writeString(file, "From: ada@example.com\r\nTo: bob@example.org\r\n\r\nHi\r\n");
        Ended nameless = bench.run("send", ACCOUNT, "--eml", file.toString());
        assertEquals(2, nameless.exit());
        assertTrue(nameless.err().contains("Message-ID"), nameless.err());
    }

    @Test
    void refusedMessage_endsByTheReason() {
        account.faults().failNext("send", 1, MailException.of(Kind.FORBIDDEN, "no right to send; ask for one"));
        Ended ended = send(HELLO, "--idempotency-key", "k");
        assertEquals(3, ended.exit(), ended.err());
        assertEquals("refused\tk\t\n", ended.out());
        assertTrue(ended.err().contains("steadymail: not sent: no right to send; ask for one"), ended.err());
    }

    @Test
    void whatIsTriedAgainLater_isQueuedAndNotWaitedFor() {
        account.faults().failNext("send", 1, MailException.of(Kind.AUTH, "the password is wrong; log in again"));
        Ended ended = send(HELLO, "--idempotency-key", "k");
        assertEquals(3, ended.exit(), ended.err());
        assertEquals("queued\tk\t\n", ended.out());
        assertTrue(ended.err().contains("not sent yet: the password is wrong"), ended.err());
        Ended resumed = bench.run("send", ACCOUNT, "--resume");
        assertEquals(3, resumed.exit(), resumed.err());
        assertEquals("queued\tk\t\n", resumed.out());
        assertTrue(resumed.err().contains("--resume lets it go"), resumed.err());
        assertEquals(List.of(), account.sent());
    }

    @Test
    void lostAnswer_isLookedForAmongTheSentMail() {
        account.faults().failAfterEffect("send", 1, lostAnswer());
        Ended ended = send(HELLO, "--idempotency-key", "k");
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.out().matches("sent-before\tk\t[^\t\n]+\n"), ended.out());
        assertTrue(ended.err().contains("looking among the sent mail"), ended.err());
        Ended resumed = bench.run("send", ACCOUNT, "--resume");
        assertEquals(0, resumed.exit(), resumed.err());
        assertEquals(ended.out(), resumed.out());
        assertEquals(1, account.sent().size());
    }

    @Test
    void lostAnswer_isUnknownWhereLookingFails() {
        account.faults().failAfterEffect("send", 1, lostAnswer());
        account.faults().failNext("mailboxes", 1, MailException.of(Kind.FORBIDDEN, "no right to look; ask for one"));
        Ended ended = send(HELLO, "--idempotency-key", "k", "--deadline", "20s");
        assertEquals(4, ended.exit(), ended.err());
        assertEquals("unknown\tk\t\n", ended.out());
        assertTrue(ended.err().contains("--resume looks again"), ended.err());
        assertEquals(
                ended.out(),
                send(HELLO, "--idempotency-key", "k", "--deadline", "1s").out());
        assertEquals(1, account.sent().size());
    }

    private static MailException lostAnswer() {
        return MailException.builder(Kind.NETWORK, "the connection broke; look before sending again")
                .mayHaveTakenEffect(true)
                .build();
    }

    @Test
    void secondRunMeanwhile_isInUse_andAnInterruptCutsOffWhatIsOnItsWay() throws Exception {
        StopSignal stop = new StopSignal();
        CommandBench first = CommandBench.of(account)
                .variable("STEADYMAIL_HOME", folder.resolve("home").toString())
                .stop(stop);
        CompletableFuture<Ended> running;
        try (Faults.Stall stall = account.faults().stall()) {
            running = CompletableFuture.supplyAsync(() -> send(first, HELLO, "--idempotency-key", "k"));
            assertTrue(stall.awaitRequest(Duration.ofSeconds(30)));
            Ended second = send(HELLO, "--idempotency-key", "k");
            assertEquals(7, second.exit(), second.err());
            assertEquals("", second.out());
            stop.stop(StopReason.INTERRUPTED);
            Ended ended = running.get(30, TimeUnit.SECONDS);
            assertEquals(130, ended.exit(), ended.err());
            assertEquals("unknown\tk\t\n", ended.out());
        }
        assertEquals(List.of(), account.sent());
    }

    @Test
    void outbox_isWhereItWasNamedOrInTheHome() {
        String elsewhere = folder.resolve("elsewhere").toString();
        send(HELLO, "--idempotency-key", "k");
        send(HELLO, "--idempotency-key", "k", "--outbox", elsewhere);
        assertEquals(2, account.sent().size());
        assertEquals(
                1,
                bench.run("send", ACCOUNT, "--resume", "--outbox", elsewhere)
                        .out()
                        .lines()
                        .count());
        Ended homeless = send(CommandBench.of(account), HELLO);
        assertEquals(2, homeless.exit());
        assertTrue(homeless.err().contains("--outbox"), homeless.err());
    }
}
