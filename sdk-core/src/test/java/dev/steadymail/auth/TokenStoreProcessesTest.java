package dev.steadymail.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.disk.PrivateFolder;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, several writers: threads, instances and processes. */
class TokenStoreProcessesTest {
    private static final int WRITES = 40;
    private static final AccountId SHARED = new AccountId("shared");

    @TempDir
    Path parent;

    @Test
    void instancesOfOneProcess_loseNothing() throws Exception {
        Path folder = parent.resolve("tokens");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "writer " + i;
                writers.add(() -> {
                    write(folder, name);
                    return null;
                });
            }
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < 4; i++) {
            assertWritten(folder, "writer " + i);
        }
    }

    @Test
    void twoProcesses_loseNothing() throws Exception {
        Path folder = parent.resolve("tokens");
        Process one = start("write", folder, "one");
        Process two = start("write", folder, "two");
        assertEnds(one);
        assertEnds(two);
        assertWritten(folder, "one");
        assertWritten(folder, "two");
    }

    /** Wherever the writer is when it dies, the store can be read and written. */
    @Test
    void killedWriter_leavesTheTokenBeforeOrAfter() throws Exception {
        Path folder = parent.resolve("tokens");
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(SHARED, Secret.of("0"));
        for (int round = 0; round < 3; round++) {
            Process writer = start("loop", folder, "unused");
            readLine(writer);
            for (int i = 0; i < 20; i++) {
                assertTrue(store.load(SHARED).orElseThrow().reveal().matches("\\d+"));
            }
            writer.destroyForcibly();
            assertTrue(writer.waitFor(30, TimeUnit.SECONDS));
            assertTrue(store.load(SHARED).orElseThrow().reveal().matches("\\d+"));
            store.save(SHARED, Secret.of("0"));
        }
    }

    @Test
    void lockOfAnotherProcess_isWaitedForNoLongerThanTheLimit() throws Exception {
        Path folder = parent.resolve("tokens");
        FileTokenStore.open(folder).save(SHARED, Secret.of("0"));
        Process holder = start("hold", folder, "unused");
        try {
            readLine(holder);
            FileTokenStore impatient =
                    new FileTokenStore(new PrivateFolder(folder, "the token folder", ""), null, Duration.ofMillis(30));
            MailException failure = assertThrows(MailException.class, () -> impatient.save(SHARED, Secret.of("1")));
            assertEquals(Kind.STORAGE, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("another process"), failure::getMessage);
            assertEquals("0", impatient.load(SHARED).orElseThrow().reveal());
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        FileTokenStore.open(folder).save(SHARED, Secret.of("2"));
    }

    private static void write(Path folder, String name) {
        for (int i = 1; i <= WRITES; i++) {
            FileTokenStore store = FileTokenStore.open(folder);
            store.save(SHARED, Secret.of(name + " " + i));
            store.save(new AccountId(name), Secret.of(String.valueOf(i)));
            assertTrue(store.load(SHARED).isPresent());
        }
    }

    private static void assertWritten(Path folder, String name) {
        FileTokenStore store = FileTokenStore.open(folder);
        assertEquals(
                String.valueOf(WRITES),
                store.load(new AccountId(name)).orElseThrow().reveal());
        assertTrue(store.load(SHARED).isPresent());
    }

    private static Process start(String role, Path folder, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        role,
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void assertEnds(Process process) throws InterruptedException {
        assertTrue(process.waitFor(100, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private static void readLine(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        assertEquals("ready", out.readLine());
    }

    /** What the other process does. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[1]);
            switch (args[0]) {
                case "write" -> write(folder, args[2]);
                case "hold" -> hold(folder);
                default -> loop(folder);
            }
        }

        private static void loop(Path folder) {
            FileTokenStore store = FileTokenStore.open(folder);
            for (int i = 1; ; i++) {
                store.save(SHARED, Secret.of(String.valueOf(i)));
                if (i == 1) {
                    System.out.println("ready");
                }
            }
        }

        private static void hold(Path folder) throws IOException {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve("lock").toFile(), "rw")) {
                file.getChannel().lock();
                System.out.println("ready");
                int unused = System.in.read();
            }
        }
    }
}
