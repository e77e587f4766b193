package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other hands do to DIR between runs, or did to it before the first. */
class MirrorFolderTest {
    private static final String HASH = "ab" + "0".repeat(62);

    @TempDir
    Path folder;

    private MirrorBench bench;

    @BeforeEach
    void open() {
        bench = new MirrorBench(InMemoryAccount.folders(), folder.resolve("dir"));
    }

    @Test
    void foreignIndex_isNeitherReplacedNorDeleted() throws IOException {
        Path index = write("index.jsonl", "precious\n");
        assertRefused(bench.mirror(), 2, "index.jsonl");
        assertEquals("precious\n", Files.readString(index));
    }

    @Test
    void foreignMessages_areNotDeleted() throws IOException {
        Path message = write("messages/ab/" + HASH + ".eml", "precious\n");
        assertRefused(bench.mirror(), 2, "messages");
        assertTrue(Files.exists(message));
    }

    @Test
    void otherForeignFiles_areNoObstacle() throws IOException {
        bench.deliver("INBOX", 1);
        Path notes = write("notes.txt", "mine");
        Path inside = write("messages/ab/notes.txt", "mine");
        assertEquals(0, bench.mirror().exit());
        assertEquals("mine", Files.readString(notes));
        assertEquals("mine", Files.readString(inside));
    }

    @Test
    void deletedAndTruncatedFiles_areReadAgain() throws IOException {
        bench.deliver("INBOX", 1, 20);
        bench.mirror();
        List<String> before = bench.index();
        Files.delete(bench.files().get(3));
        truncate(bench.files().get(7));
        Ended ended = bench.mirror();
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.err().contains("2 emails"), ended.err());
        assertEquals(0, MirrorBench.number(ended, "created") + MirrorBench.number(ended, "destroyed"));
        assertEquals(before, bench.index());
        assertEquals(List.of(), bench.problems());
        assertEquals("", bench.mirror().err().replaceFirst("mirror: 0 new.*\n", ""));
    }

    @Test
    void lostFileOfAnEmailThatIsGone_costsNothing() throws IOException {
        bench.deliver("INBOX", 1, 3);
        bench.mirror();
        Files.delete(fileOf(2));
        bench.account.remove(MirrorBench.messageId(2));
        assertEquals(0, bench.mirror().exit());
        assertEquals(2, bench.index().size());
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void lostFileThatCannotBeReadAgain_hasNoLineUntilItCan() throws IOException {
        bench.deliver("INBOX", 1, 3);
        bench.mirror();
        List<String> before = bench.index();
        Files.delete(fileOf(2));
        bench.account.makeUnreadable(MirrorBench.messageId(2), MailException.of(Kind.PROTOCOL, "garbled"));
        assertEquals(5, bench.mirror().exit());
        assertEquals(2, bench.index().size());
        assertEquals(List.of(), bench.problems());
        bench.account.makeReadable(MirrorBench.messageId(2));
        assertEquals(0, bench.mirror().exit());
        assertEquals(before, bench.index(), "the id is the one before");
    }

    @Test
    void deletedIndex_comesBack() throws IOException {
        bench.deliver("INBOX", 1, 3);
        bench.mirror();
        List<String> before = bench.index();
        Files.delete(bench.dir.resolve("index.jsonl"));
        assertEquals(0, bench.mirror().exit());
        assertEquals(before, bench.index());
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "version", "state/state.journal"})
    void damagedState_isAStorageFailureThatChangesNothing(String name) throws IOException {
        bench.deliver("INBOX", 1, 3);
        bench.mirror();
        List<String> before = bench.index();
        Files.write(bench.dir.resolve(".steadymail").resolve(name), new byte[] {(byte) 0xff, 0, (byte) 0xc3, '\n'});
        assertRefused(bench.mirror(), 6, "damaged");
        assertEquals(before, bench.index());
    }

    @Test
    void stateThatLostItsEnd_givesNoIdTwice() throws IOException {
        bench.deliver("INBOX", 1, 150);
        bench.mirror();
        Path journal = bench.dir.resolve(".steadymail/state/state.journal");
        truncate(journal);
        assertRefused(bench.mirror(), 6, "damaged");
        Files.delete(journal);
        assertRefused(bench.mirror(), 6, "damaged");
        assertEquals(150, bench.index().size());
        assertEquals(List.of(), bench.problems());
    }

    private static void assertRefused(Ended ended, int exit, String word) {
        assertEquals(exit, ended.exit(), ended.err());
        assertTrue(ended.err().contains(word), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    private Path write(String name, String text) throws IOException {
        Path file = bench.dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path fileOf(int number) {
        String name = MirrorBench.sha256(MirrorBench.message(number)) + ".eml";
        return bench.files().stream()
                .filter(file -> file.endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }
}
