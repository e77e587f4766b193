package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.script.ScriptedImapServer;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The faults of the protocol, P7 and P8 of the catalogue, that a watch meets. */
class WatchFaultsTest {
    private static final String USER = "ada";
    private static final String BEGIN = """
            S: * OK [CAPABILITY IMAP4rev1 IDLE] ready
            C: <tag> LOGIN ...
            S: <tag> OK [CAPABILITY IMAP4rev1 IDLE] in
            C: <tag> EXAMINE "INBOX"
            S: * 5 EXISTS
            S: * OK [UIDVALIDITY 7] ok
            S: <tag> OK done
            C: <tag> EXAMINE "INBOX"
            S: * 5 EXISTS
            S: * OK [UIDVALIDITY 7] ok
            S: <tag> OK done
            C: <tag> IDLE
            """;

    private final HeardEvents heard = new HeardEvents();

    @Test
    void p7_idleThatIsAnsweredBad_isReplacedByAsking() throws InterruptedException {
        Box box = new Box("IDLE", command -> command.equals("IDLE") ? "BAD what?" : "");
        try (ScriptedServer server = box.server()) {
            watch(server.port(), () -> {
                heard.awaitMode(Mode.POLL);
                box.emails = 6;
                heard.awaitChanges(2);
            });
            assertEquals(1, server.log().stream().filter("IDLE"::equals).count());
        }
    }

    @Test
    void p7_condstoreThatIsNotUnderstood_isLeftOutOfStatus() throws InterruptedException {
        Box box = new Box("CONDSTORE", command -> command.contains("HIGHESTMODSEQ") ? "BAD what?" : "");
        try (ScriptedServer server = box.server()) {
            watch(server.port(), () -> {
                heard.awaitMode(Mode.POLL);
                heard.awaitChanges(1);
                box.emails = 6;
                heard.awaitChanges(2);
            });
        }
    }

    @Test
    void p8_idleThatNeverBegins_isReplacedByAsking() throws InterruptedException {
        try (ImapTestServer server = mailServer()) {
            server.inject(new ImapFault.SilentOn("IDLE"), FaultCount.always());
            watch(server.port(), () -> {
                heard.awaitMode(Mode.POLL);
                int before = heard.changes();
                deliver(server);
                heard.awaitChanges(before + 1);
            });
            assertTrue(count(server, "IDLE") <= 3, () -> server.log().toString());
        }
    }

    @Test
    void p8_connectionThatEndsAtEachIdle_isNotMadeWithoutEnd() throws InterruptedException {
        try (ImapTestServer server = mailServer()) {
            server.inject(new ImapFault.DisconnectOn("IDLE"), FaultCount.always());
            watch(server.port(), () -> {
                heard.awaitMode(Mode.POLL);
                int before = heard.changes();
                deliver(server);
                heard.awaitChanges(before + 1);
            });
            assertTrue(count(server, "IDLE") <= 3, () -> server.log().toString());
        }
    }

    @Test
    void p8_serverThatEndsIdleAtOnce_isNotAskedWithoutEnd() throws InterruptedException {
        Box box = new Box("IDLE", command -> "");
        try (ScriptedServer server = box.server()) {
            watch(server.port(), () -> {
                heard.awaitMode(Mode.POLL);
                box.emails = 6;
                heard.awaitChanges(2);
            });
            assertEquals(3, server.log().stream().filter("IDLE"::equals).count());
        }
    }

    @Test
    void p8_serverThatEndsIdleOnce_isAskedAgain() throws InterruptedException {
        try (ScriptedImapServer server = ScriptedImapServer.playing(BEGIN + """
                S: + idling
                S: <tag> OK enough
                C: <tag> EXAMINE "INBOX"
                S: * 5 EXISTS
                S: <tag> OK done
                C: <tag> IDLE
                S: + idling
                S: * 6 EXISTS
                C: DONE
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 6 EXISTS
                S: <tag> OK done
                C: <any>
                """)) {
            watch(server.port(), () -> heard.awaitChanges(2));
            assertEquals(
                    new WatchEvent.Changed(Set.of(new MailboxId("INBOX"))),
                    heard.all().get(2));
        }
    }

    @Test
    void p8_secondContinuation_isAnsweredByNoSecondDone() throws InterruptedException {
        try (ScriptedImapServer server = ScriptedImapServer.playing(BEGIN + """
                S: + idling\\r\\n* 6 EXISTS\\r\\n+ still idling
                C: DONE
                S: + and idling
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 6 EXISTS
                S: <tag> OK done
                C: <any>
                """)) {
            watch(server.port(), () -> heard.awaitChanges(2));
        }
    }

    @Test
    void statusOfMailboxesThatNobodyHas_endsNoWatch() throws InterruptedException {
        try (ScriptedImapServer server = ScriptedImapServer.playing(BEGIN + """
                S: + idling
                S: * STATUS "" (MESSAGES 1)
                C: DONE
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 5 EXISTS
                S: <tag> OK done
                C: <any>
                """)) {
            watch(server.port(), () -> heard.awaitChanges(2));
            assertEquals(new WatchEvent.Changed(Set.of()), heard.all().get(2));
        }
    }

    /** The watch is there to be closed at the end. */
    @SuppressWarnings("try")
    private void watch(int port, Step step) throws InterruptedException {
        ImapAccount account = LocalServers.plain(port, USER, LocalServers.PASSWORD)
                .settings(ImapSettings.DEFAULT.readTimeout(Duration.ofMillis(300)));
        try (MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                        .build();
                MailClient client = runtime.open(account)) {
            Watch watch = client.watch(WatchOptions.INBOX.interval(Duration.ofSeconds(1)), heard);
            step.run();
            watch.close();
        }
    }

    private static long count(ImapTestServer server, String command) {
        return server.log().stream().filter(command::equals).count();
    }

    private static ImapTestServer mailServer() {
        return ImapTestServer.builder()
                .user(USER, LocalServers.PASSWORD)
                .without(ImapCapability.NOTIFY)
                .start();
    }

    private static void deliver(ImapTestServer server) {
        byte[] message = "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII);
        long unused =
                server.account(USER).append("INBOX", message, List.of(), OffsetDateTime.parse("2026-01-01T12:00:00Z"));
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /** A server of one mailbox. */
    private static final class Box {
        private final String capability;
        private final UnaryOperator<String> first;
        private volatile int emails = 5;

        Box(String capability, UnaryOperator<String> first) {
            this.capability = capability;
            this.first = first;
        }

        ScriptedServer server() {
            return new ScriptedServer("* OK [CAPABILITY IMAP4rev1 " + capability + "] ready", this::answer);
        }

        private String answer(String command) {
            String own = first.apply(command);
            if (!own.isEmpty()) {
                return own;
            }
            if (command.startsWith("STATUS")) {
                return "* STATUS INBOX (MESSAGES " + emails + " UIDNEXT 10 UIDVALIDITY 7)\r\n";
            }
            return command.startsWith("EXAMINE") ? "* " + emails + " EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" : "";
        }
    }
}
