package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.MirrorBench.Renamed;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorCommandTest {
    @TempDir
    Path folder;

    private MirrorBench bench;

    @BeforeEach
    void open() {
        bench = new MirrorBench(InMemoryAccount.folders(), folder.resolve("dir"));
    }

    @Test
    void firstRun_copiesEverything() {
        bench.account.createMailbox("Archiv/Größe");
        bench.deliver("INBOX", 1, Keyword.SEEN);
        bench.deliver("Archiv/Größe", 2);
        Ended ended = bench.mirror();
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(
                ended.out()
                        .matches("\\{\"exit\":0,\"kind\":null,\"retryAt\":null,\"mode\":\"full\",\"created\":2,"
                                + "\"updated\":0,\"destroyed\":0,\"recovered\":0,\"parked\":0,\"mailboxes\":[0-9]+,"
                                + "\"requests\":[0-9]+,\"retries\":0,\"throttledMs\":0,\"bytes\":[0-9]+,"
                                + "\"elapsedMs\":[0-9]+}\n"),
                ended.out());
        assertEquals(List.of(row("Archiv/Größe", "", 2), row("INBOX", "\"$seen\"", 1)), bench.rows());
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void secondRun_createsNothing() {
        bench.deliver("INBOX", 1, 250);
        assertEquals(250, MirrorBench.number(bench.mirror(), "created"));
        List<String> before = bench.index();
        Ended second = bench.mirror();
        assertEquals(0, second.exit(), second.err());
        assertEquals(0, MirrorBench.number(second, "created"));
        assertEquals("incremental", MirrorBench.value(second.out(), "mode"));
        assertEquals(before, bench.index());
    }

    @Test
    void changes_areFollowed() {
        bench.deliver("INBOX", 1, 20);
        bench.mirror();
        bench.deliver("INBOX", 21, 25);
        bench.account.remove(MirrorBench.messageId(1));
        bench.account.remove(MirrorBench.messageId(2));
        bench.account.setKeywords(MirrorBench.messageId(3), Set.of(Keyword.FLAGGED));
        Ended ended = bench.mirror();
        assertEquals(0, ended.exit(), ended.err());
        assertEquals(5, MirrorBench.number(ended, "created"));
        assertEquals(2, MirrorBench.number(ended, "destroyed"));
        assertEquals(1, MirrorBench.number(ended, "updated"));
        assertEquals(23, bench.files().size());
        assertEquals(List.of(), bench.problems());
        assertTrue(bench.rows().contains(row("INBOX", "\"$flagged\"", 3)));
    }

    @Test
    void rename_keepsIdsAndFiles() {
        bench.account.createMailbox("Old");
        bench.deliver("Old", 1, 5);
        bench.mirror();
        Set<String> ids = bench.ids();
        bench.account.renameMailbox("Old", "New");
        Ended ended = bench.mirror();
        assertEquals(0, MirrorBench.number(ended, "created"), ended.out());
        assertEquals(ids, bench.ids());
        assertTrue(bench.rows().contains(row("New", "", 1)));
    }

    @Test
    void sameContentTwice_isOneFile() {
        bench.account.createMailbox("Copies");
        bench.deliver("INBOX", 1);
        bench.deliver("Copies", 1);
        assertEquals(0, bench.mirror().exit());
        assertEquals(2, bench.index().size());
        assertEquals(1, bench.files().size());
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void oneMailbox_isMirroredAlone() {
        bench.account.createMailbox("Work");
        bench.deliver("INBOX", 1);
        bench.deliver("Work", 2);
        assertEquals(0, bench.mirror("--mailbox", "Work").exit());
        assertEquals(List.of(row("Work", "", 2)), bench.rows());
        Ended other = bench.mirror("--mailbox", "INBOX");
        assertEquals(2, other.exit());
        assertEquals("", other.out());
        assertTrue(other.err().contains("--mailbox"), other.err());
        assertEquals(0, bench.mirror("--mailbox", "Work").exit());
    }

    @Test
    void unknownMailbox_isWrongUsageAndClaimsNothing() {
        bench.deliver("INBOX", 1);
        Ended ended = bench.mirror("--mailbox", "Wrok");
        assertEquals(2, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("steadymail mailboxes"), ended.err());
        assertEquals(0, bench.mirror("--mailbox", "inbox").exit());
    }

    @Test
    void unreadableEmail_isParkedUntilItCanBeRead() throws IOException {
        bench.deliver("INBOX", 1, 3);
        bench.account.makeUnreadable(MirrorBench.messageId(2), MailException.of(Kind.PROTOCOL, "garbled"));
        Ended parked = bench.mirror();
        assertEquals(5, parked.exit(), parked.err());
        assertEquals(1, MirrorBench.number(parked, "parked"));
        assertEquals(2, bench.index().size());
        assertTrue(
                Files.readString(bench.dir.resolve(".steadymail/parked.jsonl")).contains("garbled"));
        bench.account.makeReadable(MirrorBench.messageId(2));
        Ended after = bench.mirror();
        assertEquals(0, after.exit(), after.err());
        assertEquals(1, MirrorBench.number(after, "created"));
        assertEquals(3, bench.index().size());
        assertEquals("", Files.readString(bench.dir.resolve(".steadymail/parked.jsonl")));
    }

    @ParameterizedTest
    @CsvSource({"AUTH,3", "REAUTH_REQUIRED,3", "FORBIDDEN,3", "PROTOCOL,4"})
    void refusal_endsAtOnceWithAnEmptyIndex(Kind kind, int exit) {
        bench.account.faults().failAlways(MailException.of(kind, "refused, ask again nicely"));
        Ended ended = bench.mirror();
        assertEquals(exit, ended.exit());
        assertEquals(kind.name(), MirrorBench.value(ended.out(), "kind"));
        assertEquals("steadymail: refused, ask again nicely\n", ended.err());
        assertEquals(List.of(), bench.index());
    }

    @Test
    void passingFailures_doNotEndTheRun() {
        bench.deliver("INBOX", 1, 30);
        bench.account.faults().failNext("raw", 5, MailException.of(Kind.UNAVAILABLE, "down for a moment"));
        Ended ended = bench.mirror();
        assertEquals(0, ended.exit(), ended.err());
        assertEquals(30, MirrorBench.number(ended, "created"));
        assertTrue(ended.err().contains("trying again"), ended.err());
    }

    @Test
    void folderOfAnotherAccount_isRefusedAndUntouched() {
        bench.deliver("INBOX", 1);
        bench.mirror();
        List<String> before = bench.index();
        Ended ended = bench.mirror(CommandBench.of(new Renamed(bench.account, new AccountId("imap:bob@host:993"))));
        assertEquals(2, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("another account"), ended.err());
        assertEquals(before, bench.index());
        assertEquals(0, bench.mirror().exit());
    }

    @Test
    void folderInUse_isRefused() throws IOException {
        bench.deliver("INBOX", 1);
        bench.mirror();
        try (FileChannel other = FileChannel.open(bench.dir.resolve(".steadymail/lock"), StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertTrue(held.isValid());
            Ended ended = bench.mirror();
            assertEquals(7, ended.exit(), ended.err());
            assertEquals("CONFLICT", MirrorBench.value(ended.out(), "kind"));
        }
        assertEquals(0, bench.mirror().exit());
    }

    @Test
    void folderBelowAFile_isAStorageFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder\n");
        for (Path dir : List.of(file, file.resolve("dir"))) {
            Ended ended = new MirrorBench(bench.account, dir).mirror();
            assertEquals(6, ended.exit(), ended.err());
            assertEquals("STORAGE", MirrorBench.value(ended.out(), "kind"));
            assertEquals(1, ended.err().lines().count(), ended.err());
        }
        assertEquals("not a folder\n", Files.readString(file));
    }

    @Test
    void indexThatCannotBeWritten_isAStorageFailure() throws IOException {
        bench.deliver("INBOX", 1);
        Files.createDirectories(bench.dir.resolve("index.jsonl/in the way"));
        Ended ended = bench.mirror();
        assertEquals(6, ended.exit(), ended.err());
        Files.delete(bench.dir.resolve("index.jsonl/in the way"));
        Files.delete(bench.dir.resolve("index.jsonl"));
        Ended again = bench.mirror();
        assertEquals(0, again.exit());
        assertEquals(0, MirrorBench.number(again, "created"));
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void reportThatCannotBeWritten_isAStorageFailure() {
        Ended ended = CommandBench.of(bench.account)
                .run(new FullDisk(), "mirror", "imaps://ada@host", bench.dir.toString(), "--report", "json");
        assertEquals(6, ended.exit());
        assertTrue(ended.err().contains("standard output"), ended.err());
        assertEquals(0, bench.mirror().exit());
    }

    @Test
    void cutOffAtThePrompt_endsWithOneReport() {
        StopSignal stop = new StopSignal();
        CommandBench waiting = new CommandBench((url, secrets) -> {
            stop.abandon();
            throw CommandException.credentials("nobody answered");
        });
        Ended ended = bench.mirror(waiting.stop(stop));
        assertEquals(1, ended.out().lines().count(), ended.out());
        assertEquals(130, MirrorBench.number(ended, "exit"));
    }

    @Test
    void stateOfANewerVersion_isLeftAlone() throws IOException {
        bench.mirror();
        Files.writeString(bench.dir.resolve(".steadymail/version"), "2\n");
        assertEquals(6, bench.mirror().exit());
    }

    @Test
    void files_areTheirOwnersOnly() throws IOException {
        bench.deliver("INBOX", 1);
        bench.mirror();
        for (String name : List.of("index.jsonl", ".steadymail/account", ".steadymail/lock")) {
            assertEquals("rw-------", permissions(bench.dir.resolve(name)), name);
        }
        assertEquals("rw-------", permissions(bench.files().get(0)));
        for (String name : List.of("", "messages", ".steadymail", ".steadymail/state")) {
            assertEquals("rwx------", permissions(bench.dir.resolve(name)), name);
        }
    }

    @Test
    void foreignFilesInMessages_stay() throws IOException {
        bench.deliver("INBOX", 1);
        bench.mirror();
        Path mine = Files.writeString(bench.dir.resolve("messages/notes.txt"), "mine");
        Path orphan = bench.dir.resolve("messages/aa/" + "a".repeat(64) + ".eml");
        Files.createDirectories(orphan.getParent());
        Files.writeString(orphan, "left by a killed run");
        assertEquals(0, bench.mirror().exit());
        assertTrue(Files.exists(mine));
        assertFalse(Files.exists(orphan));
    }

    @Test
    void account_isWrittenWithoutItsName() throws IOException {
        bench.mirror(CommandBench.of(new Renamed(bench.account, new AccountId("imap:ada@host:993"))));
        String owner = Files.readString(bench.dir.resolve(".steadymail/account"));
        assertTrue(owner.startsWith("{\"scheme\":\"imap\","), owner);
        assertFalse(owner.contains("ada"), owner);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String row(String mailbox, String keywords, int number) {
        byte[] message = MirrorBench.message(number);
        return "{\"threadId\":null,\"mailboxes\":[\"" + mailbox + "\"],\"keywords\":[" + keywords + "],\"sha256\":\""
                + MirrorBench.sha256(message) + "\",\"size\":" + message.length + ",\"receivedAt\":\""
                + MirrorBench.ARRIVAL.plusSeconds(number) + "\"}";
    }

    /** Takes nothing. */
    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
