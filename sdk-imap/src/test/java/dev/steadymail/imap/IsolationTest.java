package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.RawServer.Talk;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.proxy.FaultProxy;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault;
import dev.steadymail.testkit.tls.TestCertificate;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty watched accounts on few I/O threads, one of whose servers misbehaves: the others hear of their mail all the same. */
class IsolationTest {
    private static final int OTHERS = 49;

    @Test
    void halfALine_holdsUpNobodyElse() throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(1);
        try (RawServer odd = misbehaving(sent, peer -> peer.send("* 5 EXI"))) {
            assertOthersHear(LocalServers.plain(odd.port(), "eve", "x"), sent);
        }
    }

    @Test
    void endlessLiteral_holdsUpNobodyElse() throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(1);
        String octets = "x".repeat(64 << 10);
        try (RawServer odd = misbehaving(sent, peer -> {
            while (true) {
                peer.send("* 1 FETCH (BODY[] {150000000}\r\n");
                for (int i = 0; i < 150_000_000 / octets.length(); i++) {
                    peer.send(octets);
                }
                peer.send("x".repeat(150_000_000 % octets.length()) + ")\r\n");
            }
        })) {
            assertOthersHear(LocalServers.plain(odd.port(), "eve", "x"), sent);
        }
    }

    @Test
    void tlsRecordsOctetByOctet_holdUpNobodyElse(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate keys = TestCertificate.make(folder, "ip:127.0.0.1");
        CountDownLatch sent = new CountDownLatch(1);
        String flags = "* 0 EXISTS\r\n".repeat(1_000);
        try (RawServer odd = RawServer.tls(keys.context(), peer -> {
                    peer.comeToIdle();
                    sent.countDown();
                    while (true) {
                        peer.send(flags);
                    }
                });
                FaultProxy proxy = FaultProxy.builder(odd.port())
                        .faults(new ProxyFault.OneByteWrites(Place.toClient()))
                        .start()) {
            ImapAccount account = ImapAccount.at("127.0.0.1", Credentials.password("eve", "x"))
                    .port(proxy.port())
                    .trusting(keys.pem());
            assertOthersHear(account, sent);
        }
    }

    private static RawServer misbehaving(CountDownLatch sent, Talk talk) {
        return RawServer.plain(peer -> {
            peer.comeToIdle();
            sent.countDown();
            talk.with(peer);
            String unused = peer.line();
        });
    }

    /** The odd one is watched for its being there. */
    @SuppressWarnings("try")
    private static void assertOthersHear(ImapAccount odd, CountDownLatch sent) throws InterruptedException {
        try (ImapTestServer server = server();
                MailRuntime runtime = MailRuntime.create();
                MailClient first = runtime.open(odd)) {
            Watch watched = first.watch(WatchOptions.INBOX, event -> {});
            List<HeardEvents> heard = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada" + i, "x")
                        .settings(ImapSettings.DEFAULT.newConnectionsPerMinute(1_000)));
                HeardEvents events = new HeardEvents();
                heard.add(events);
                Watch unused = client.watch(WatchOptions.INBOX, events);
            }
            assertEquals(true, server.awaitCommand("IDLE", OTHERS, Duration.ofSeconds(30)));
            assertEquals(true, sent.await(10, TimeUnit.SECONDS));
            for (int i = 0; i < OTHERS; i++) {
                deliver(server, "ada" + i);
            }
            long begun = System.nanoTime();
            for (HeardEvents each : heard) {
                each.awaitChanges(2);
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertEquals(true, millis < 10_000, () -> millis + " ms");
            assertEquals(
                    OTHERS, heard.stream().filter(each -> each.losses() == 0).count());
            watched.close();
        }
    }

    private static ImapTestServer server() {
        ImapTestServer.Builder builder = ImapTestServer.builder();
        for (int i = 0; i < OTHERS; i++) {
            builder.user("ada" + i, "x");
        }
        return builder.start();
    }

    private static void deliver(ImapTestServer server, String user) {
        long unused = server.account(user)
                .append(
                        "INBOX",
                        "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII),
                        List.of(),
                        OffsetDateTime.parse("2026-01-01T12:00:00Z"));
    }
}
