package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchCommandTest {
    private static final String PASSWORD = "correct-horse";

    @Test
    void everyChange_isToldOnce() {
        try (ImapTestServer server = server();
                WatchBench watch = watch(server)) {
            ImapTestAccount account = server.account("ada");
            assertTrue(watch.await("ready").endsWith("\"emails\":1}"));
            long uid = append(account, "INBOX", 2);
            String created = watch.await("created");
            assertTrue(
                    created.matches("\\{\"event\":\"created\",\"mailbox\":\"INBOX\",\"id\":\"[^\"]+\","
                            + "\"from\":\"Ada <ada@example\\.com>\",\"subject\":\"number 2\","
                            + "\"receivedAt\":\"2026-01-02T03:04:07\\.000Z\",\"size\":"
                            + MirrorBench.message(2).length + "}"),
                    created);
            account.setFlags("INBOX", uid, List.of("\\Seen", "\\Flagged"));
            assertTrue(watch.await("updated").endsWith(",\"keywords\":[\"$flagged\",\"$seen\"]}"));
            account.expunge("INBOX", uid);
            watch.await("destroyed");
            assertEquals(List.of("watching", "ready", "created", "updated", "destroyed"), events(watch));
            assertEquals(
                    1,
                    watch.lines().stream()
                            .skip(2)
                            .map(WatchCommandTest::id)
                            .distinct()
                            .count());
        }
    }

    @Test
    void interrupt_endsWith130() {
        try (ImapTestServer server = server();
                WatchBench watch = watch(server)) {
            watch.await("ready");
            Ended ended = watch.interrupt();
            assertEquals(130, ended.exit());
            assertEquals("steadymail: interrupted\n", ended.err());
        }
    }

    @Test
    void whatHappensDuringACut_isToldAfterIt() throws InterruptedException {
        try (ImapTestServer server = server();
                WatchBench watch = watch(server)) {
            watch.await("ready");
            assertTrue(server.awaitCommand("IDLE", 1, Duration.ofSeconds(30)));
            server.disconnectAll();
            append(server.account("ada"), "INBOX", 2);
            assertTrue(watch.await("lost").startsWith("{\"event\":\"lost\",\"kind\":\"NETWORK\",\"message\":\""));
            watch.await("watching", 2);
            watch.await("created");
            append(server.account("ada"), "INBOX", 3);
            watch.await("created", 2);
            assertEquals(1, events(watch).stream().filter("ready"::equals).count());
        }
    }

    @Test
    void withoutIdle_looksAtIntervals() {
        try (ImapTestServer server = ImapTestServer.builder()
                        .user("ada", PASSWORD)
                        .without(ImapCapability.IDLE)
                        .start();
                WatchBench watch = watch(server, "--interval", "1")) {
            assertEquals("{\"event\":\"watching\",\"mode\":\"POLL\"}", watch.await("watching"));
            watch.await("ready");
            append(server.account("ada"), "INBOX", 1);
            watch.await("created");
        }
    }

    @Test
    void namedMailboxes_areWatchedAlone() {
        try (ImapTestServer server = server()) {
            ImapTestAccount account = server.account("ada");
            account.createMailbox("Work");
            try (WatchBench watch = watch(server, "--mailbox", "Work")) {
                assertTrue(watch.await("ready").endsWith("\"emails\":0}"));
                append(account, "INBOX", 2);
                append(account, "Work", 3);
                assertTrue(watch.await("created").contains("\"mailbox\":\"Work\""));
                assertEquals(List.of("watching", "ready", "created"), events(watch));
            }
        }
    }

    @Test
    void mailboxThatGoes_endsTheWatch() {
        try (ImapTestServer server = server()) {
            ImapTestAccount account = server.account("ada");
            account.createMailbox("Work");
            append(account, "Work", 2);
            try (WatchBench watch = watch(server, "--mailbox", "Work")) {
                watch.await("ready");
                account.deleteMailbox("Work");
                server.disconnectAll();
                assertEquals(2, watch.end().exit());
                assertEquals(1, watch.end().err().lines().count());
                assertTrue(watch.await("destroyed").contains("\"mailbox\":\"Work\""));
            }
        }
    }

    @Test
    void limit_endsWithZero() {
        try (ImapTestServer server = server();
                WatchBench watch = watch(server, "--for", "2s")) {
            assertEquals(0, watch.end().exit());
            assertEquals("", watch.end().err());
        }
    }

    @Test
    void wrongPassword_endsAtOnce() {
        try (ImapTestServer server = server();
                WatchBench watch =
                        new WatchBench(bench().variable("STEADYMAIL_PASSWORD", "wrong"), "watch", account(server))) {
            assertEquals(3, watch.end().exit());
            assertEquals(List.of(), watch.lines());
        }
    }

    @Test
    void passwordThatIsNoLongerGood_endsTheWatch() {
        try (ImapTestServer server = server();
                WatchBench watch = watch(server)) {
            watch.await("ready");
            server.account("ada").setPassword("another");
            server.disconnectAll();
            assertEquals(3, watch.end().exit());
            assertEquals(1, watch.end().err().lines().count());
        }
    }

    @Test
    void serverThatIsNotThere_endsWithUnreached() {
        String account;
        try (ImapTestServer server = server()) {
            account = account(server);
        }
        Ended ended = bench().run("watch", account, "--for", "60s");
        assertEquals(4, ended.exit());
        assertEquals(1, ended.err().lines().count());
    }

    @Test
    void unknownMailbox_isWrongUsage() {
        try (ImapTestServer server = server()) {
            Ended ended = bench().run("watch", account(server), "--mailbox", "Nowhere");
            assertEquals(2, ended.exit());
            assertEquals("", ended.out());
        }
    }

    @Test
    void providerThatCannotWatch_isWrongUsage() {
        Ended ended = CommandBench.of(InMemoryAccount.labels()).run("watch", "imaps://ada@host");
        assertEquals(2, ended.exit());
        assertTrue(ended.err().contains("cannot watch"), ended.err());
    }

    @Test
    void outputThatNobodyReads_endsQuietly() {
        try (ImapTestServer server = server()) {
            Ended ended = bench().run(new Closed(), "watch", account(server));
            assertEquals(6, ended.exit());
            assertEquals("", ended.err());
        }
    }

    private static ImapTestServer server() {
        ImapTestServer server = ImapTestServer.builder().user("ada", PASSWORD).start();
        append(server.account("ada"), "INBOX", 1);
        return server;
    }

    private static long append(ImapTestAccount account, String mailbox, int number) {
        return account.append(
                mailbox,
                MirrorBench.message(number),
                List.of(),
                MirrorBench.ARRIVAL.plusSeconds(number).atOffset(ZoneOffset.UTC));
    }

    private static WatchBench watch(ImapTestServer server, String... options) {
        Stream<String> args = Stream.concat(Stream.of("watch", account(server)), Arrays.stream(options));
        return new WatchBench(bench(), args.toArray(String[]::new));
    }

    private static CommandBench bench() {
        return new CommandBench(new ProviderAccounts(SystemTime.start())).variable("STEADYMAIL_PASSWORD", PASSWORD);
    }

    private static String account(ImapTestServer server) {
        return "imap://ada@127.0.0.1:" + server.port() + "?tls=none";
    }

    private static List<String> events(WatchBench watch) {
        return watch.lines().stream()
                .map(line -> MirrorBench.value(line, "event"))
                .toList();
    }

    private static String id(String line) {
        return MirrorBench.value(line, "id");
    }

    /** A pipe without a reader. */
    private static final class Closed extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
