package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.script.ScriptedImapServer;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Changed;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A watch of two mailboxes with NOTIFY: whenever something happens in the one that is not open, it is told, and soon. */
class NotifyWatchTest {
    private static final String USER = "ada";
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final MailboxId WORK = new MailboxId("Work");
    private static final Changed WORK_CHANGED = new Changed(Set.of(WORK));

    /** A first look, and the second one up to the answer that the case begins with. */
    private static final String ROUNDS = """
            S: * OK [CAPABILITY IMAP4rev1 IDLE NOTIFY UNSELECT] ready
            C: <tag> LOGIN ...
            S: <tag> OK [CAPABILITY IMAP4rev1 IDLE NOTIFY UNSELECT] in
            C: <tag> NOTIFY SET ...
            S: <tag> OK done
            C: <tag> STATUS "Work" ...
            S: * STATUS "Work" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 8)
            S: <tag> OK done
            C: <tag> EXAMINE "INBOX"
            S: * 5 EXISTS
            S: * OK [UIDVALIDITY 7] ok
            S: <tag> OK done
            C: <tag> UNSELECT
            S: <tag> OK done
            C: <tag> STATUS "Work" ...
            S: * STATUS "Work" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 8)
            """;

    private final HeardEvents heard = new HeardEvents();
    private final AtomicInteger count = new AtomicInteger();
    private List<MailboxId> watched = List.of(INBOX, WORK);

    @Test
    void arrivalInIdle_isToldOnce() throws Exception {
        try (ImapTestServer server = mailServer()) {
            CountDownLatch waits = new CountDownLatch(2);
            server.beforeCommand(command -> {
                if (command.equals("IDLE")) {
                    deliverOnce(server);
                    waits.countDown();
                }
            });
            watch(server.port(), () -> assertTrue(waits.await(20, TimeUnit.SECONDS), heard.all()::toString), 2);
            assertEquals(2, heard.changes(), heard.all()::toString);
        }
    }

    @Test
    void arrivalWhileTheListenerReads_isTold() throws Exception {
        try (ImapTestServer server = mailServer()) {
            watch(server.port(), () -> heard.awaitChanges(2), 2, () -> deliver(server));
            assertEquals(WORK_CHANGED, last());
        }
    }

    @Test
    void arrivalWhileAConnectionThatWasCutInALook_isReplaced_isTold() throws Exception {
        try (ImapTestServer server = mailServer()) {
            server.beforeCommand(command -> {
                if (command.equals("EXAMINE") && count.incrementAndGet() == 2) {
                    server.disconnectAll();
                }
                if (command.equals("NOTIFY") && count.get() == 2) {
                    deliver(server);
                }
            });
            watch(server.port(), () -> heard.awaitChanges(2), 2);
            assertEquals(WORK_CHANGED, last());
            assertEquals(0, heard.losses());
        }
    }

    @Test
    void arrivalWhileAConnectionThatWasCutInIdle_isReplaced_isTold() throws Exception {
        try (ImapTestServer server = mailServer()) {
            server.beforeCommand(command -> {
                if (command.equals("IDLE") && count.incrementAndGet() == 1) {
                    server.disconnectAll();
                }
                if (command.equals("NOTIFY") && count.get() == 1) {
                    deliver(server);
                }
            });
            watch(server.port(), () -> heard.awaitChanges(2), 2);
            assertEquals(1, heard.losses());
        }
    }

    @Test
    void arrivalBetweenLookAndOpening_isTold() throws Exception {
        try (ImapTestServer server = mailServer()) {
            server.beforeCommand(command -> {
                if (command.equals("EXAMINE") && count.incrementAndGet() == 2) {
                    deliver(server);
                }
            });
            watch(server.port(), () -> heard.awaitChanges(2), 2);
            assertEquals(WORK_CHANGED, last());
        }
    }

    @Test
    void whatTheServerTellsOfOneMailbox_whileItIsAskedAboutAnother_isHeard() throws Exception {
        watched = List.of(INBOX, WORK, new MailboxId("Other"));
        String other = """
                C: <tag> STATUS "Other" ...
                S: * STATUS "Other" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 9)
                %sS: <tag> OK done
                """;
        String look = "C: <tag> EXAMINE";
        String first = ROUNDS.replace(look, other.formatted("") + look);
        String script = first + "S: <tag> OK done\n" + other.formatted("S: * STATUS \"Work\" (MESSAGES 2 UIDNEXT 3)\n");
        String end = "C: <tag> EXAMINE \"INBOX\"\nS: * 5 EXISTS\nS: <tag> OK done\nC: <any>\n";
        try (ScriptedImapServer server = ScriptedImapServer.playing(script + end)) {
            watch(server.port(), () -> heard.awaitChanges(2), 1);
            assertEquals(WORK_CHANGED, last());
        }
    }

    @Test
    void whatTheServerTellsBehindTheLook_isHeard() throws Exception {
        play("""
                S: <tag> OK done\\r\\n* STATUS "Work" (MESSAGES 2 UIDNEXT 3)
                C: <tag> EXAMINE "INBOX"
                S: * 5 EXISTS
                S: <tag> OK done
                """, Set.of(WORK));
    }

    @Test
    void whatTheServerTellsWhileItOpensTheMailbox_isHeard() throws Exception {
        play("""
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * STATUS "Work" (MESSAGES 2 UIDNEXT 3)
                S: * 5 EXISTS
                S: <tag> OK done
                """, Set.of(WORK));
    }

    @Test
    void whatTheServerTellsBeforeIdle_isHeard() throws Exception {
        play("""
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 5 EXISTS
                S: <tag> OK done\\r\\n* STATUS "Work" (MESSAGES 2 UIDNEXT 3)
                """, Set.of(WORK));
    }

    @Test
    void arrivalInTheOpenMailbox_toldBeforeIdle_isHeard() throws Exception {
        play("""
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 5 EXISTS
                S: <tag> OK done\\r\\n* 6 EXISTS
                """, Set.of(INBOX));
    }

    @Test
    void serverThatStoppedToTell_whileSomethingElseRan_isAskedAgain() throws Exception {
        String again = """
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * OK [NOTIFICATIONOVERFLOW] too much
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
                C: <tag> NOTIFY SET ...
                S: * STATUS "Work" (MESSAGES 2 UIDNEXT 3)
                S: <tag> OK done
                C: <tag> UNSELECT
                S: <tag> OK done
                C: <tag> STATUS "Work" ...
                S: * STATUS "Work" (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 8)
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 6 EXISTS
                S: <tag> OK done
                C: <any>
                """;
        try (ScriptedImapServer server = ScriptedImapServer.playing(ROUNDS + again)) {
            watch(server.port(), () -> heard.awaitChanges(3), 1);
            assertEquals(WORK_CHANGED, last());
        }
    }

    @Test
    void manyMailboxes_areLookedAtTogether() throws Exception {
        try (ImapTestServer server = mailServer()) {
            List<MailboxId> many = new ArrayList<>(List.of(INBOX, WORK));
            for (int i = 0; i < 20; i++) {
                server.account(USER).createMailbox("Box " + i);
                many.add(new MailboxId("Box " + i));
            }
            watched = many;
            watch(server.port(), () -> heard.awaitChanges(2), 2, () -> deliver(server));
            assertEquals(WORK_CHANGED, last());
            assertFalse(server.log().contains("STATUS"), () -> server.log().toString());
        }
    }

    /** Plays a second look, and what the watch does then until it tells; nothing is said in IDLE. */
    private void play(String look, Set<MailboxId> told) throws Exception {
        boolean opening = look.contains("S: * STATUS");
        String waiting = opening ? "" : """
                C: <tag> IDLE
                S: + idling
                C: DONE
                S: <tag> OK done
                C: <tag> EXAMINE "INBOX"
                S: * 5 EXISTS
                S: <tag> OK done
                """;
        try (ScriptedImapServer server = ScriptedImapServer.playing(ROUNDS + look + waiting + "C: <any>\n")) {
            watch(server.port(), () -> heard.awaitChanges(2), 1);
            assertEquals(new Changed(told), heard.all().get(2));
        }
    }

    /** The watch is there to be closed at the end. */
    @SuppressWarnings("try")
    private void watch(int port, Step step, int attempts, Runnable... whileReading) throws Exception {
        ImapAccount account = LocalServers.plain(port, USER, LocalServers.PASSWORD);
        try (MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(attempts, Duration.ZERO, Duration.ZERO))
                        .build();
                MailClient client = runtime.open(account)) {
            WatchOptions options = WatchOptions.INBOX.mailboxes(watched).interval(Duration.ofHours(1));
            Watch watch = client.watch(options, event -> {
                if (event instanceof Changed && heard.changes() == 0) {
                    List.of(whileReading).forEach(Runnable::run);
                }
                heard.event(event);
            });
            step.run();
            watch.close();
        }
        assertTrue(heard.all().contains(new WatchEvent.Watching(Mode.NOTIFY)));
    }

    private WatchEvent last() {
        return heard.all().get(heard.all().size() - 1);
    }

    private static ImapTestServer mailServer() {
        ImapTestServer server = ImapTestServer.builder()
                .user(USER, LocalServers.PASSWORD)
                .with(ImapCapability.NOTIFY)
                .start();
        server.account(USER).createMailbox("Work");
        return server;
    }

    private void deliverOnce(ImapTestServer server) {
        if (count.incrementAndGet() == 1) {
            deliver(server);
        }
    }

    private static void deliver(ImapTestServer server) {
        byte[] message = "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII);
        long unused =
                server.account(USER).append("Work", message, List.of(), OffsetDateTime.parse("2026-01-01T12:00:00Z"));
    }

    private interface Step {
        void run() throws InterruptedException;
    }
}
