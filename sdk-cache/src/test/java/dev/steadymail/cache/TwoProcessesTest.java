package dev.steadymail.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.redis.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two processes for real, which read one IMAP account through one Redis. Each test has an email of its own. */
class TwoProcessesTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

    private static ImapTestServer server;
    private static RedisProcess redis;
    private static ReadingProcess one;
    private static ReadingProcess other;
    private static List<String> ids;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = ImapTestServer.builder()
                .user(ReadingProcess.USER, ReadingProcess.PASSWORD)
                .start();
        redis = RedisProcess.start();
        for (int n = 0; n < 3; n++) {
            server.account(ReadingProcess.USER)
                    .append("INBOX", message(n), List.of(), Instant.EPOCH.atOffset(ZoneOffset.UTC));
        }
        one = ReadingProcess.start(redis.url(), server.port());
        other = ReadingProcess.start(redis.url(), server.port());
        assertEquals("ready", one.answer());
        assertEquals("ready", other.answer());
        ids = List.of(one.ask("unseen").split(" "));
        assertEquals(3, ids.size());
        assertEquals(ids, List.of(other.ask("unseen").split(" ")));
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        redis.close();
        server.close();
    }

    @Test
    void whatOneChanges_itSeesAtOnce_andTheOtherWithinTheBound() throws InterruptedException {
        String id = ids.get(0);
        assertFalse(one.ask("read " + id).endsWith(" seen"));
        assertFalse(other.ask("read " + id).endsWith(" seen"));
        long marked = System.nanoTime();
        assertEquals("marked", one.ask("mark " + id));
        assertTrue(one.ask("read " + id).endsWith(" seen"));
        assertFalse(one.ask("unseen").contains(id));
        long bound = marked + CacheSettings.DEFAULT.sharedFreshFor().toNanos();
        while (!other.ask("read " + id).endsWith(" seen") || other.ask("unseen").contains(id)) {
            assertTrue(System.nanoTime() < bound, "the other process does not see the change within the bound");
        }
        System.out.println("two processes: the other saw a change after "
                + Duration.ofNanos(System.nanoTime() - marked).toMillis() + " ms");
    }

    @Test
    void whatOneHasRead_theOtherDoesNotFetch() throws InterruptedException {
        String id = ids.get(1);
        String octets = one.ask("raw " + id);
        String subject = one.ask("read " + id);
        assertNotEquals(0, fetches());
        server.clearLog();
        assertEquals(subject, other.ask("read " + id));
        assertEquals(octets, other.ask("raw " + id));
        assertEquals(0, fetches(), () -> server.log().toString());
    }

    /** The first is held up at the server until the second has asked Redis more than once, and so waits for the first. */
    @Test
    void whatBothReadAtOnce_isFetchedOnce() throws InterruptedException {
        String id = ids.get(2);
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        server.clearLog();
        server.beforeCommand(command -> {
            if (command.endsWith("FETCH")) {
                fetching.countDown();
                await(goOn);
            }
        });
        one.send("raw " + id);
        await(fetching);
        long asked = scripts();
        other.send("raw " + id);
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (scripts() < asked + 3) {
            assertTrue(System.nanoTime() < end, "the other process does not ask Redis again");
        }
        goOn.countDown();
        assertEquals(one.answer(), other.answer());
        assertEquals(1, fetches(), () -> server.log().toString());
        server.beforeCommand(command -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS), "a process does not go on");
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while processes read", interrupt);
        }
    }

    private static long scripts() {
        Matcher calls = SCRIPTS.matcher(redis.command("INFO", "commandstats"));
        assertTrue(calls.find());
        return Long.parseLong(calls.group(1));
    }

    private static long fetches() {
        return server.log().stream()
                .filter(command -> command.startsWith("UID FETCH") || command.startsWith("FETCH"))
                .count();
    }

    private static byte[] message(int number) {
        return ("Message-ID: <" + number + "@example.com>\r\nFrom: bob@example.com\r\nSubject: mail " + number
                        + "\r\n\r\nhello\r\n")
                .getBytes(US_ASCII);
    }
}
