package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Closing waits for no server. */
class ClosingTest {
    private static final String USER = "ada";

    @Test
    void serverThatSaysNothingToLogout_holdsUpNobody() {
        try (ImapTestServer server = server()) {
            server.inject(new ImapFault.SilentOn("LOGOUT"), FaultCount.always());
            MailRuntime runtime = MailRuntime.create();
            MailClient client = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
            var unused = client.mailboxes().list();
            assertQuick(client::close);
            assertQuick(runtime::close);
        }
    }

    @Test
    void watch_isClosedAtOnce_andItsConnectionGoes() throws InterruptedException {
        try (ImapTestServer server = server();
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD))) {
            HeardEvents heard = new HeardEvents();
            Watch watch = client.watch(WatchOptions.INBOX, heard);
            assertTrue(server.awaitCommand("IDLE", 1, Duration.ofSeconds(10)));
            assertQuick(watch::close);
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (server.connections() > 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertEquals(0, server.connections());
        }
    }

    @Test
    void callThatWaits_isCancelled() throws InterruptedException {
        try (ImapTestServer server = server();
                MailRuntime runtime = MailRuntime.create()) {
            server.inject(new ImapFault.SilentOn("LIST"), FaultCount.always());
            MailClient client = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(
                    () -> client.mailboxes().list().size(), task -> new Thread(task).start());
            assertTrue(server.awaitCommand("LIST", 1, Duration.ofSeconds(10)));
            assertQuick(client::close);
            CompletionException failure = assertThrows(CompletionException.class, waiting::join);
            assertEquals(Kind.CANCELLED, ((MailException) failure.getCause()).kind());
        }
    }

    private static void assertQuick(Runnable close) {
        long begun = System.nanoTime();
        close.run();
        long millis = (System.nanoTime() - begun) / 1_000_000;
        assertTrue(millis < 5_000, () -> "closing took " + millis + " ms");
    }

    private static ImapTestServer server() {
        return ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
    }
}
