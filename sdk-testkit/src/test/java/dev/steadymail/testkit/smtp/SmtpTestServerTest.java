package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpTestServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LOGIN = "AUTH PLAIN AGFkYQBzZWNyZXQ=";

    private SSLContext tls;

    @BeforeAll
    void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        tls = TestCertificate.make(folder, "ip:127.0.0.1").context();
    }

    private static SmtpTestServer.Builder loginBuilder() {
        return SmtpTestServer.builder()
                .settings(settings -> settings.user("ada", "secret").loginNeedsTls());
    }

    @Test
    void plainConnection_delivers() throws IOException, InterruptedException {
        try (SmtpTestServer server = SmtpTestServer.builder().start();
                SocketClient client = SocketClient.greeted(server.port())) {
            assertEquals("250 2.0.0 accepted\r\n", client.sendMessage("<1@x>"));
            assertEquals("221 2.0.0 smtp.test closes\r\n", client.ask("QUIT"));
            assertEquals(0, client.countToEnd());
            assertTrue(server.mailroom().awaitMessages(1, SOON));
            assertEquals(Map.of("<1@x>", 1), server.mailroom().countsByMessageId());
            assertEquals(0, server.mailroom().violationCount());
        }
    }

    @Test
    void implicitTls_servesFromTheFirstOctet() throws IOException {
        try (SmtpTestServer server = loginBuilder().tls(tls).start();
                SocketClient plain = SocketClient.connect(server.port());
                SocketClient client = plain.encrypted(tls)) {
            assertEquals("220 smtp.test ESMTP ready\r\n", client.answer());
            assertTrue(client.ask("EHLO c").contains("AUTH PLAIN"));
            assertEquals("235 2.7.0 welcome\r\n", client.ask(LOGIN));
            assertEquals("250 2.0.0 accepted\r\n", client.sendMessage("<1@x>"));
            assertEquals("221 2.0.0 smtp.test closes\r\n", client.ask("QUIT"));
            assertEquals(0, client.countToEnd());
            SmtpEnvelope envelope = server.mailroom().messages().get(0).envelope();
            assertTrue(envelope.encrypted());
            assertEquals("ada", envelope.user());
        }
    }

    @Test
    void startTls_opensLogin() throws IOException {
        try (SmtpTestServer server = loginBuilder().startTls(tls).start();
                SocketClient plain = SocketClient.greeted(server.port())) {
            assertEquals("538 5.7.11 encryption required\r\n", plain.ask(LOGIN));
            assertEquals("220 2.0.0 go ahead\r\n", plain.ask("STARTTLS"));
            try (SocketClient client = plain.encrypted(tls)) {
                assertTrue(client.ask("EHLO c").contains("AUTH PLAIN"));
                assertEquals("235 2.7.0 welcome\r\n", client.ask(LOGIN));
                assertEquals("250 2.0.0 accepted\r\n", client.sendMessage("<1@x>"));
            }
        }
    }

    @Test
    void octetsBehindStartTls_areNotPartOfWhatIsEncrypted() throws IOException {
        try (SmtpTestServer server = loginBuilder().startTls(tls).start();
                SocketClient plain = SocketClient.greeted(server.port())) {
            plain.send("STARTTLS\r\nNOOP\r\n");
            assertEquals("220 2.0.0 go ahead\r\n", plain.answer());
            try (SocketClient client = plain.encrypted(tls)) {
                assertTrue(client.ask("EHLO c").startsWith("250-smtp.test"));
                assertEquals(1, server.mailroom().violations().get(SmtpViolation.EARLY_INPUT));
            }
        }
    }

    @Test
    void acceptThenCut_endsWithoutAnswer_underTlsToo() throws IOException {
        for (boolean encrypted : List.of(false, true)) {
            SmtpTestServer.Builder builder = SmtpTestServer.builder();
            try (SmtpTestServer server = encrypted ? builder.tls(tls).start() : builder.start();
                    SocketClient plain = SocketClient.connect(server.port());
                    SocketClient client = encrypted ? plain.encrypted(tls) : plain) {
                server.inject(SmtpFault.acceptThenCut(), SmtpTimes.once());
                client.answer();
                client.ask("EHLO c");
                assertEquals("", client.sendMessage("<1@x>"));
                assertEquals(Map.of("<1@x>", 1), server.mailroom().countsByMessageId());
            }
        }
    }

    @Test
    void cutInContent_isSeenByTheClient() throws IOException {
        try (SmtpTestServer server = SmtpTestServer.builder().start();
                SocketClient client = SocketClient.greeted(server.port())) {
            server.inject(SmtpFault.at(SmtpStage.CONTENT, new SmtpTrouble.CutAfter(5)), SmtpTimes.once());
            client.send("MAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nDATA\r\n");
            client.answer();
            client.answer();
            client.answer();
            client.send("hello");
            assertEquals(0, client.countToEnd());
        }
    }

    @Test
    void answersThatGoWrong_comeThatWay() throws IOException {
        try (SmtpTestServer server = SmtpTestServer.builder().start()) {
            assertEquals("421 4.3.2 down\r\n", noop(server, SmtpTrouble.answer(421, "4.3.2", "down")));
            assertEquals("250 2.0.0 here\r\n", noop(server, new SmtpTrouble.OctetByOctet()));
            assertEquals("250 2.0.0 here\r\n", noop(server, new SmtpTrouble.Delay(Duration.ofMillis(1))));
            assertEquals("250 2.0.0 here\r\n", noop(server, new SmtpTrouble.AnswerThenClose()));
            assertEquals("\u0000\u00ff\n", noop(server, new SmtpTrouble.Garbage("\u0000\u00ff\n")));
            assertEquals("", noop(server, new SmtpTrouble.Cut()));
            assertEquals(
                    4 + 100_000,
                    noop(server, new SmtpTrouble.EndlessLine(100_000)).length());
            assertEquals("250-and more\r\n".repeat(3_000), noop(server, new SmtpTrouble.EndlessReply(3_000)));
        }
    }

    private static String noop(SmtpTestServer server, SmtpTrouble trouble) throws IOException {
        server.inject(SmtpFault.at(SmtpStage.NOOP, trouble), SmtpTimes.once());
        try (SocketClient client = SocketClient.greeted(server.port())) {
            return client.ask("NOOP");
        }
    }

    @Test
    void endlessAnswer_endsWithTheClient() throws IOException, InterruptedException {
        try (SmtpTestServer server = SmtpTestServer.builder().start()) {
            server.inject(
                    SmtpFault.at(SmtpStage.GREETING, new SmtpTrouble.EndlessLine(Long.MAX_VALUE)), SmtpTimes.once());
            try (SocketClient client = SocketClient.connect(server.port())) {
                client.send("EHLO c\r\n");
            }
            awaitNoConnections(server);
        }
    }

    @Test
    void silence_lastsUntilTheIdleLimit() throws IOException {
        for (SmtpTrouble trouble : List.of(new SmtpTrouble.Silence(), new SmtpTrouble.StopReading())) {
            try (SmtpTestServer server = SmtpTestServer.builder()
                            .idleLimit(Duration.ofMillis(50))
                            .faults(SmtpFaultPlan.seeded(1)
                                    .add(SmtpFault.at(SmtpStage.GREETING, trouble), SmtpTimes.once()))
                            .start();
                    SocketClient client = SocketClient.connect(server.port())) {
                assertEquals("", client.answer());
            }
        }
    }

    @Test
    void silentClient_isTold421() throws IOException {
        try (SmtpTestServer server = SmtpTestServer.builder()
                        .idleLimit(Duration.ofMillis(50))
                        .start();
                SocketClient client = SocketClient.connect(server.port())) {
            assertEquals("220 smtp.test ESMTP ready\r\n", client.answer());
            assertEquals("421 4.4.2 silent for too long\r\n", client.answer());
            assertEquals("", client.answer());
        }
    }

    @Test
    void close_endsWhatIsStuck() throws IOException {
        SmtpTestServer server = SmtpTestServer.builder().start();
        server.inject(SmtpFault.at(SmtpStage.GREETING, new SmtpTrouble.StopReading()), SmtpTimes.once());
        server.inject(SmtpFault.at(SmtpStage.GREETING, new SmtpTrouble.EndlessLine(Long.MAX_VALUE)), SmtpTimes.once());
        try (SocketClient stopped = SocketClient.connect(server.port());
                SocketClient endless = SocketClient.connect(server.port())) {
            server.close();
            server.close();
            assertEndsSoon(stopped);
            assertEndsSoon(endless);
        }
    }

    private static void assertEndsSoon(SocketClient client) {
        try {
            client.countToEnd();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection did not end", e);
        } catch (IOException reset) {
            // That is an end as well.
        }
    }

    private static void awaitNoConnections(SmtpTestServer server) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (server.connections() > 0 && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertEquals(0, server.connections());
    }

    @Test
    void ledger_hasALineBeforeTheAnswer(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger");
        try (SmtpLedger ledger = SmtpLedger.open(file);
                SmtpTestServer server = SmtpTestServer.builder()
                        .mailroom(SmtpMailroom.forgetful(ledger))
                        .start();
                SocketClient client = SocketClient.greeted(server.port())) {
            server.inject(SmtpFault.acceptThenCut(), new SmtpTimes(1, 1, 1));
            assertEquals("250 2.0.0 accepted\r\n", client.sendMessage("<1@x>"));
            assertEquals(1, Files.readAllLines(file).size());
            assertEquals("", client.sendMessage("<2@x>"));
            List<String> lines = Files.readAllLines(file);
            assertTrue(lines.get(1).matches("<2@x>\t[0-9a-f]{64}\td@e.f"), lines.get(1));
            assertEquals(List.of(), server.mailroom().messages());
        }
    }
}
