package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that want our memory: threats 21 and 22, each against a client with a heap of 32 MiB. */
class MemoryThreatsTest {
    private static final String ANY = "IDLE ESEARCH MOVE UIDPLUS CONDSTORE";

    @ParameterizedTest
    @CsvSource({
        "* 1 FETCH (UID 1 BODY[] {99999999999}, TOO_LARGE",
        "* 1 FETCH (UID 1 BODY[] {2147483647}, TOO_LARGE",
        "* 1 FETCH (UID 1 BODY[] {99999999999999999999999}, OK 1|PROTOCOL|TOO_LARGE",
        "* 1 FETCH (UID 1 BODY[] {-1}, OK 1|PROTOCOL",
        "* 1 FETCH (UID 1 BODY[] {}, OK 1|PROTOCOL",
        "* LIST () {99999999999}, TOO_LARGE|OK 1|PROTOCOL",
        "* OK {1000000000}, OK 1|PROTOCOL|TOO_LARGE"
    })
    void t21_literalBomb_costsNoMemory(String bomb, String outcomes) throws IOException, InterruptedException {
        try (RawServer server =
                server("UID FETCH", bomb + "\r\n", "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 9)\r\n", false)) {
            assertOutcome(server, "get", outcomes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "* 1 FETCH (UID 1 BODY[] {150000000}, DEADLINE|TOO_LARGE",
        "* 1 FETCH (UID 1 BODY[] {8000000}, DEADLINE|TOO_LARGE",
        "* LIST () {60000}, DEADLINE|TOO_LARGE",
        "* SEARCH , DEADLINE|TOO_LARGE"
    })
    void t21_endlessOctets_costNoMemory(String begin, String outcomes) throws IOException, InterruptedException {
        try (RawServer server = server("UID FETCH", begin + "\r\n", "x".repeat(64 << 10), true)) {
            assertOutcome(server, "get", outcomes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UID SEARCH, * ESEARCH (TAG \"x\") UID ALL 1:4294967295, query, TOO_LARGE",
        "UID SEARCH, * SEARCH 1, query, OK 1",
        "EXAMINE, * VANISHED (EARLIER) 1:4294967295, get, OK 1",
        "UID FETCH, * VANISHED 1:4294967295, get, OK 1",
        "UID MOVE, * OK [COPYUID 7 1:4294967295 1:4294967295] moved, move, OK 0"
    })
    void t22_setsOfAllNumbers_areNotExpanded(String command, String answer, String call, String outcomes)
            throws IOException, InterruptedException {
        String email = "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 12:00:00 +0000\")\r\n";
        try (RawServer server = server(command, answer + "\r\n", email, false)) {
            assertOutcome(server, call, outcomes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UID SEARCH, * SEARCH 1, query",
        "EXAMINE, * VANISHED (EARLIER) 5, get",
        "EXAMINE, * 1 FETCH (UID, get",
        "UID FETCH, + , get"
    })
    void t22_answersWithoutEnd_costNoMemory(String command, String answer, String call)
            throws IOException, InterruptedException {
        try (RawServer server = server(command, "", (answer + "\r\n").repeat(4000), true)) {
            assertOutcome(server, call, "DEADLINE|TOO_LARGE|PROTOCOL");
        }
    }

    private static void assertOutcome(RawServer server, String call, String outcomes)
            throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapClient.class.getName(),
                        String.valueOf(server.port()),
                        call)
                .redirectErrorStream(true)
                .start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(client.waitFor(1, TimeUnit.MINUTES));
        String last = said.strip().substring(said.strip().lastIndexOf('\n') + 1);
        assertTrue(Arrays.asList(outcomes.split("\\|")).contains(last), () -> said);
        assertEquals(0, client.exitValue());
        assertTrue(!said.contains("OutOfMemory"), () -> said);
    }

    /** Answers {@code command} with {@code first} and {@code then}, the latter without end where that is wanted. */
    private static RawServer server(String command, String first, String then, boolean endless) {
        return RawServer.plain(peer -> {
            peer.send("* OK [CAPABILITY IMAP4rev1 " + ANY + "] ready\r\n");
            while (true) {
                String asked = peer.command();
                String usual = usual(asked);
                if (!asked.startsWith(command)) {
                    peer.ok(usual);
                    continue;
                }
                peer.send(usual + first + (endless ? "" : asked.startsWith("UID FETCH") ? then : ""));
                while (endless) {
                    peer.send(then);
                }
                peer.ok("");
            }
        });
    }

    private static String usual(String asked) {
        if (asked.startsWith("EXAMINE") || asked.startsWith("SELECT")) {
            return "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n";
        }
        return asked.startsWith("UID FETCH")
                ? "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 12:00:00 +0000\")\r\n"
                : "";
    }
}
