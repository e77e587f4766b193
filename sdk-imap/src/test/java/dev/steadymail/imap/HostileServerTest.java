package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.MailException;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchOptions;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that mean no good, or are broken in a way that would have us do harm. */
@Timeout(60)
class HostileServerTest {
    @Test
    void login_farewellRepeatsThePassword_isNotQuoted() {
        try (ScriptedServer server = new ScriptedServer(
                        "* OK [CAPABILITY IMAP4rev1] ready", command -> "* BYE no: " + command + "\r\n!");
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "hunter2!"))) {
            MailException failure =
                    assertThrows(MailException.class, () -> client.mailboxes().list());
            for (Throwable each = failure; each != null; each = each.getCause()) {
                assertFalse(String.valueOf(each).contains("hunter2"), each::toString);
            }
        }
    }

    @Test
    void watch_cutInEveryWait_comesBackMoreAndMoreSlowly() throws InterruptedException {
        LinkedBlockingQueue<WatchEvent.Lost> lost = new LinkedBlockingQueue<>();
        try (ScriptedServer server = cuttingIdle();
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"));
                Watch watch = client.watch(WatchOptions.INBOX, event -> {
                    if (event instanceof WatchEvent.Lost end) {
                        lost.add(end);
                    }
                })) {
            assertNotNull(watch);
            Duration delays = Duration.ZERO;
            for (int i = 0; i < 3; i++) {
                delays = delays.plus(lost.poll(20, TimeUnit.SECONDS).retryIn());
            }
            assertTrue(delays.compareTo(Duration.ZERO) > 0, "never waited");
        }
    }

    private static ScriptedServer cuttingIdle() {
        return new ScriptedServer("* OK [CAPABILITY IMAP4rev1 IDLE] ready", command -> {
            if (command.startsWith("CAPABILITY")) {
                return "* CAPABILITY IMAP4rev1 IDLE\r\n";
            }
            if (command.startsWith("EXAMINE")) {
                return "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n";
            }
            return command.equals("IDLE") ? "+ idling\r\n!" : "";
        });
    }
}
