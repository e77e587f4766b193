package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench((url, secrets) -> {
        throw new IllegalStateException("a fault of ours with " + SECRET);
    });

    @Test
    void withoutArguments_usageGoesToStandardError() {
        Ended ended = bench.run();
        assertEquals(2, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("mirror"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "-h", "-V"})
    void help_isDataOnStandardOutput(String option) {
        Ended ended = bench.run(option);
        assertEquals(0, ended.exit());
        assertTrue(ended.out().contains("steadymail"));
        assertEquals("", ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve"})
    void commandsOfTheServer_sayWhatStartsThem(String name) {
        Ended ended = bench.run(name, "--port", "0");
        assertEquals(2, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("bin/steadymail " + name), ended.err());
        assertTrue(bench.run("--help").out().contains(name));
    }

    @Test
    void wrongUsage_repeatsNoValueAndWritesNothing() {
        String dir = folder.resolve("dir").toString();
        String[][] calls = {
            {SECRET},
            {"mirror"},
            {"mirror", "imaps://ada@host"},
            {"mirror", "imaps://ada@host", dir, SECRET},
            {"mirror", "imaps://ada@host", dir, "--password", SECRET},
            {"mirror", "imaps://ada@host", dir, "--password=" + SECRET},
            {"mirror", "imaps://ada:" + SECRET + "@host", dir},
            {"mirror", "imaps://ada@host?password=" + SECRET, dir},
            {"mirror", "imaps://ada@host", dir, "--report", SECRET},
            {"mirror", "imaps://ada@host", dir, "--report"},
            {"mirror", "imaps://ada@host", dir, "--report", "json", "--report", "json"},
            {"mirror", "imaps://ada@host", dir, "--deadline", SECRET},
            {"mirror", "imaps://ada@host", dir, "--deadline", "-5s"},
            {"mirror", "imaps://ada@host", dir, "--deadline", "0s", "--report", "json"},
            {"mirror", "imaps://ada@host", ""},
            {"doctor"},
            {"doctor", "imaps://ada:" + SECRET + "@host"},
            {"doctor", "imaps://ada@host", "--report", SECRET},
            {"doctor", "imaps://ada@host?ca=" + folder.resolve("no-file")},
            {"search", "imaps://ada@host", "--limit", SECRET},
            {"show", "imaps://ada@host", "id", "--attachment", "1"},
            {"show", "imaps://ada@host", "id", "--raw", "--attachment", "1", "-o", "-"},
            {"show", "imaps://ada@host", ""},
            {"watch"},
            {"login"},
            {"login", SECRET, "ada"},
            {"login", "gmail", "ada:" + SECRET},
            {"login", "gmail", "ada", "--secret", SECRET},
            {"watch", "imaps://ada@host", "--interval", SECRET},
            {"watch", "imaps://ada@host", "--interval", "61m"},
            {"watch", "imaps://ada@host", "--for", "0"},
            {"send"},
            {"send", "imaps://ada@host", "--to", "bob@example.org", "--text", "Hi"},
            {"send", "imaps://ada@host", "--resume"},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org"},
            {"send", "gmail://ada@example.com", "--text", "Hi"},
            {"send", "gmail://ada", "--to", "bob@example.org", "--text", "Hi"},
            {"send", "gmail://ada@example.com", "--to", SECRET, "--text", "Hi"},
            {"send", "gmail://ada@example.com", "--from", "a@b.de, c@d.de", "--to", "bob@example.org", "--text", "Hi"},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text", "Hi", "--text-file", "-"},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text-file", "-", "--html-file", "-"},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text-file", dir},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text", "Hi", "--attach", dir},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text", "Hi", "--all"},
            {"send", "gmail://ada@example.com", "--reply-to", "", "--text", "Hi"},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text", "Hi", "--deadline", SECRET},
            {"send", "gmail://ada@example.com", "--to", "bob@example.org", "--text", "Hi", "--password", SECRET},
            {"send", "gmail://ada@example.com", "--eml", dir},
            {"send", "gmail://ada@example.com", "--eml", dir, "--subject", SECRET},
            {"send", "gmail://ada@example.com", "--resume", "--subject", SECRET},
            {"send", "gmail://ada@example.com", "--resume", "--idempotency-key", SECRET},
            {"drafts"},
            {"drafts", "imaps://ada@host", "--send", "7"},
            {"drafts", "gmail://ada@example.com", "--create"},
            {"drafts", "gmail://ada@example.com", "--subject", SECRET},
            {"drafts", "gmail://ada@example.com", "--create", "--discard", "7", "--subject", SECRET},
            {"drafts", "gmail://ada@example.com", "--send", "7", "--subject", SECRET},
            {"drafts", "gmail://ada@example.com", "--discard", ""},
        };
        for (String[] call : calls) {
            Ended ended = bench.run(call);
            String context = String.join(" ", call) + ": " + ended.err();
            assertEquals(2, ended.exit(), context);
            assertEquals("", ended.out(), context);
            assertEquals(1, ended.err().lines().count(), context);
            assertTrue(ended.err().startsWith("steadymail: "), context);
            assertFalse(ended.err().contains(SECRET), context);
        }
        assertTrue(Files.notExists(folder.resolve("dir")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps://ada:hunter2@host", "imaps://ada@host?password=hunter2"})
    void secretInTheAccount_tellsWhereItBelongs(String account) {
        Ended ended = bench.run("mailboxes", account);
        assertEquals(2, ended.exit());
        assertTrue(ended.err().contains("STEADYMAIL_PASSWORD"), ended.err());
        assertFalse(ended.err().contains(SECRET), ended.err());
    }

    @Test
    void faultOfOurs_isOneLineAndAReport() {
        Ended ended =
                bench.run("mirror", "imaps://ada@host", folder.resolve("dir").toString(), "--report", "json");
        assertEquals(1, ended.exit());
        assertTrue(ended.out().startsWith("{\"exit\":1,\"kind\":null,"), ended.out());
        assertEquals(1, ended.err().lines().count());
        assertFalse(ended.err().contains(SECRET), ended.err());
        assertEquals(1, bench.run("mailboxes", "imaps://ada@host").exit());
    }

    @Test
    void faultOfOurs_showsDetailsWhenAsked() {
        Ended ended = bench.variable("STEADYMAIL_DEBUG", "1").run("mailboxes", "imaps://ada@host");
        assertEquals(1, ended.exit());
        assertTrue(ended.err().contains("CommandLineTest"), ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "5m", "2h", "1d", "PT30S", "pt1m30s"})
    void durations_areRead(String text) {
        assertFalse(Numbers.duration("--deadline", text).isZero());
    }
}
