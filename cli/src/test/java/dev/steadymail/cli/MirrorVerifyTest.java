package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.MirrorBench.Renamed;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mirror --verify} over a mailbox in memory, which can change between any two calls. */
class MirrorVerifyTest {
    @TempDir
    Path folder;

    private MirrorBench bench;
    private TappedAccount tapped;

    @BeforeEach
    void mirrorTwenty() {
        bench = new MirrorBench(InMemoryAccount.folders(), folder.resolve("dir"));
        tapped = new TappedAccount(bench.account);
        bench.deliver("INBOX", 1, 20);
        assertEquals(0, bench.mirror().exit());
    }

    @Test
    void untouchedMirror_isEqual() {
        Ended ended = verify();
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.out().startsWith("equal; 20 emails at the server, 20 files; "), ended.out());
        assertEquals(1, ended.out().lines().count());
        assertEquals("", ended.err());
    }

    @Test
    void content_isReadWhereAskedFor() {
        assertEquals(0, verify().exit());
        assertEquals(List.of(), tapped.read);
        assertEquals(0, verify("--content").exit());
        assertEquals(20, tapped.read.size());
    }

    @Test
    void json_endsWithOneReport() {
        bench.deliver("INBOX", 21);
        bench.account.setKeywords(MirrorBench.messageId(3), Set.of(Keyword.FLAGGED, Keyword.SEEN));
        Ended ended = verify("--report", "json");
        assertEquals(5, ended.exit(), ended.err());
        List<String> lines = ended.out().lines().toList();
        assertEquals(3, lines.size(), ended.out());
        assertTrue(
                lines.get(0)
                        .matches("\\{\"difference\":\"missing\",\"id\":null,\"providerId\":\"[^\"]+\",\"file\":null,"
                                + "\"here\":\\[],\"server\":\\[\"INBOX\"]}"),
                ended.out());
        assertTrue(
                lines.get(1)
                        .matches("\\{\"difference\":\"keywords\",\"id\":\"e0000000003\",\"providerId\":\"[^\"]+\","
                                + "\"file\":null,\"here\":\\[],\"server\":\\[\"\\$flagged\",\"\\$seen\"]}"),
                ended.out());
        assertTrue(
                lines.get(2)
                        .matches(
                                "\\{\"exit\":5,\"kind\":null,\"retryAt\":null,\"emails\":21,\"files\":20,\"missing\":1,"
                                        + "\"gone\":0,\"keywords\":1,\"mailboxes\":0,\"content\":0,\"unreadable\":0,"
                                        + "\"file-missing\":0,\"file-damaged\":0,\"file-unnamed\":0,\"changing\":0,"
                                        + "\"requests\":[0-9]+,\"retries\":0,\"throttledMs\":0,\"bytes\":[0-9]+,"
                                        + "\"elapsedMs\":[0-9]+}"),
                ended.out());
    }

    @Test
    void changesOfTheServer_areToldUntilTheNextRun() {
        bench.deliver("INBOX", 21, 22);
        bench.account.remove(MirrorBench.messageId(1));
        bench.account.setKeywords(MirrorBench.messageId(2), Set.of(Keyword.SEEN));
        Ended ended = verify();
        assertEquals(5, ended.exit(), ended.err());
        assertEquals(2, told(ended, "missing\t"), ended.out());
        assertTrue(ended.out().contains("gone\te0000000001\tINBOX\n"), ended.out());
        assertTrue(ended.out().contains("keywords\te0000000002\there -; server $seen\n"), ended.out());
        assertTrue(ended.out().contains("\n4 different: 2 missing, 1 gone, 1 keywords; 21 emails"), ended.out());
        assertEquals(0, bench.mirror().exit());
        assertEquals(0, verify("--content").exit());
    }

    @Test
    void files_areHeldAgainstTheirNames() throws IOException {
        Path cut = file(4);
        Files.writeString(cut, "cut");
        Path rotten = file(5);
        byte[] content = Files.readAllBytes(rotten);
        content[content.length - 3] ^= 1;
        Files.write(rotten, content);
        Files.delete(file(6));
        Path stray = bench.dir.resolve("messages/aa/" + "a".repeat(64) + ".eml");
        Files.createDirectories(stray.getParent());
        Files.writeString(stray, "nobody's");
        Files.writeString(bench.dir.resolve("messages/notes.txt"), "mine");
        Ended ended = verify();
        assertEquals(5, ended.exit(), ended.err());
        assertTrue(ended.out().contains("file-damaged\te0000000004\t" + below(cut) + "\n"), ended.out());
        assertTrue(ended.out().contains("file-damaged\te0000000005\t" + below(rotten) + "\n"), ended.out());
        assertTrue(ended.out().contains("file-missing\te0000000006\t" + below(file(6)) + "\n"), ended.out());
        assertTrue(ended.out().contains("file-unnamed\t-\t" + below(stray) + "\n"), ended.out());
        assertEquals(5, ended.out().lines().count(), ended.out());
    }

    @Test
    void messagesFolderThatIsGone_isEveryFileMissing() throws IOException {
        Files.move(bench.dir.resolve("messages"), folder.resolve("elsewhere"));
        Ended ended = verify();
        assertEquals(20, told(ended, "file-missing\t"), ended.out());
    }

    @Test
    void octetsOfAnotherSize_areReadAndTold() throws IOException {
        swapContent(7, "other octets of another length");
        Ended ended = verify();
        assertEquals(5, ended.exit(), ended.err());
        assertEquals(1, told(ended, "content\te0000000007\t"), ended.out());
        assertEquals(1, tapped.read.size());
    }

    @Test
    void octetsOfTheSameSize_areToldWithContentOnly() throws IOException {
        swapContent(7, "x".repeat(MirrorBench.message(7).length));
        assertEquals(0, verify().exit());
        Ended ended = verify("--content");
        assertEquals(1, told(ended, "content\te0000000007\t"), ended.out());
        assertEquals(2, ended.out().lines().count(), ended.out());
    }

    @Test
    void unreadableEmail_cannotBeCompared() {
        bench.account.makeUnreadable(MirrorBench.messageId(2), MailException.of(Kind.PROTOCOL, "garbled"));
        assertEquals(0, verify().exit());
        Ended ended = verify("--content");
        assertEquals(5, ended.exit());
        assertEquals(1, told(ended, "unreadable\te0000000002\t"), ended.out());
    }

    @Test
    void parkedEmail_isMissing() {
        bench.deliver("INBOX", 21);
        bench.account.makeUnreadable(MirrorBench.messageId(21), MailException.of(Kind.PROTOCOL, "garbled"));
        assertEquals(5, bench.mirror().exit());
        Ended ended = verify();
        assertEquals(5, ended.exit());
        assertEquals(1, told(ended, "missing\t"), ended.out());
    }

    @Test
    void nothing_isChanged() throws IOException {
        Path journal = bench.dir.resolve(".steadymail/state/state.journal");
        Files.write(journal, new byte[] {0, 0, 0, 9, 1}, StandardOpenOption.APPEND); // as a kill leaves it
        Files.writeString(bench.dir.resolve(".steadymail/tmp/message"), "half");
        Map<String, String> before = snapshot();
        Set<String> temporary = temporaries();
        bench.deliver("INBOX", 21);
        assertEquals(5, verify("--content").exit());
        assertEquals(before, snapshot());
        assertEquals(temporary, temporaries());
        assertEquals(0, bench.mirror().exit());
    }

    @Test
    void killedRun_isSeenAsItIs() {
        bench.deliver("INBOX", 21, 30);
        bench.account.remove(MirrorBench.messageId(1));
        tapped.killAfter(4);
        assertThrows(TappedAccount.Killed.class, () -> bench.mirror(CommandBench.of(tapped)));
        tapped.afterEach = () -> {};
        Ended ended = verify();
        assertEquals(5, ended.exit(), ended.err());
        assertEquals(10, told(ended, "missing\t"), ended.out());
        assertEquals(1, told(ended, "gone\te0000000001\t"), ended.out());
        assertTrue(told(ended, "file-unnamed\t-\t") >= 4, ended.out());
        assertEquals(0, bench.mirror().exit());
        assertEquals(0, verify("--content").exit());
    }

    @Test
    void changeThatIsTakenBackMeanwhile_isNoDifference() {
        bench.account.setKeywords(MirrorBench.messageId(3), Set.of(Keyword.SEEN));
        tapped.before("get", () -> bench.account.setKeywords(MirrorBench.messageId(3), Set.of()));
        Ended ended = verify();
        assertEquals(0, ended.exit(), ended.out());
        assertEquals(1, ended.out().lines().count(), ended.out());
    }

    @Test
    void emailThatArrivedAndLeftMeanwhile_isNoDifference() {
        bench.deliver("INBOX", 21);
        tapped.before("get", () -> bench.account.remove(MirrorBench.messageId(21)));
        assertEquals(0, verify().exit());
    }

    @Test
    void emailThatGoesOnChanging_isToldAsItStandsOrCounted() {
        bench.account.setKeywords(MirrorBench.messageId(3), Set.of(Keyword.SEEN));
        tapped.before("get", () -> bench.account.setKeywords(MirrorBench.messageId(3), Set.of(Keyword.FLAGGED)));
        Ended still = verify();
        assertTrue(still.out().contains("keywords\te0000000003\there -; server $flagged\n"), still.out());
        assertEquals(2, still.out().lines().count(), still.out());
        for (Keyword keyword : List.of(Keyword.SEEN, Keyword.ANSWERED, Keyword.DRAFT)) {
            tapped.before("get", () -> bench.account.setKeywords(MirrorBench.messageId(3), Set.of(keyword)));
        }
        Ended moving = verify();
        assertEquals(0, moving.exit(), moving.out());
        assertTrue(moving.out().startsWith("equal; 1 changed meanwhile and are not compared; "), moving.out());
    }

    @Test
    void passingFailures_doNotEndTheRun() {
        bench.account.faults().failNext("query", 9, MailException.of(Kind.UNAVAILABLE, "down for a moment"));
        Ended ended = verify();
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.err().contains("trying again"), ended.err());
    }

    @Test
    void refusal_isNoAnswer() {
        bench.account.faults().failAlways(MailException.of(Kind.AUTH, "refused, ask again nicely"));
        Ended ended = verify("--report", "json");
        assertEquals(3, ended.exit());
        assertEquals("AUTH", MirrorBench.value(ended.out(), "kind"));
        Ended text = verify();
        assertEquals("", text.out());
        assertEquals("steadymail: refused, ask again nicely\n", text.err());
    }

    @Test
    void stoppedRun_saysThatNotAllWasCompared() {
        bench.deliver("INBOX", 21);
        StopSignal stop = new StopSignal();
        tapped.before("get", () -> stop.stop(StopReason.INTERRUPTED));
        Ended ended = CommandBench.of(tapped)
                .stop(stop)
                .run("mirror", "imaps://ada@host", bench.dir.toString(), "--verify", "--report", "json");
        assertEquals(130, ended.exit(), ended.err());
        assertTrue(ended.err().contains("not all was compared"), ended.err());
        assertEquals(1, ended.out().lines().count(), ended.out());
        assertEquals(130, MirrorBench.number(ended, "exit"));
        assertEquals(5, verify().exit());
    }

    @Test
    void hostileNames_doNotReachTheTerminal() {
        bench.account.createMailbox("\u001b[2J\u202eevil\ttab");
        bench.deliver("\u001b[2J\u202eevil\ttab", 21);
        Ended ended = verify();
        assertEquals(5, ended.exit());
        assertFalse(ended.out().matches("(?s).*[\u001b\u202e\r].*"), ended.out());
        assertEquals(2, ended.out().lines().count(), ended.out());
        assertEquals(3, ended.out().lines().findFirst().orElseThrow().split("\t").length, ended.out());
    }

    @Test
    void folderWithoutAMirror_isWrongUsageAndNotMade() {
        Path none = folder.resolve("none");
        Ended ended = new MirrorBench(bench.account, none).mirror("--verify");
        assertEquals(2, ended.exit());
        assertEquals("", ended.out());
        assertTrue(Files.notExists(none));
    }

    @Test
    void folderOfAnotherAccountOrScope_isWrongUsage() {
        assertEquals(2, verify("--mailbox", "INBOX").exit());
        Ended other = bench.mirror(
                CommandBench.of(new Renamed(bench.account, new AccountId("imap:bob@host:993"))), "--verify");
        assertEquals(2, other.exit());
        assertTrue(other.err().contains("another account"), other.err());
    }

    @Test
    void contentAlone_isWrongUsage() {
        assertEquals(2, bench.mirror("--content").exit());
    }

    @Test
    void folderInUse_isRefused() throws IOException {
        try (FileChannel other = FileChannel.open(bench.dir.resolve(".steadymail/lock"), StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertTrue(held.isValid());
            assertEquals(7, verify().exit());
        }
        assertEquals(0, verify().exit());
    }

    @Test
    void damagedIndex_isAStorageFailure() throws IOException {
        Path index = bench.dir.resolve("index.jsonl");
        String good = Files.readString(index);
        for (String bad : List.of(
                good.substring(0, good.length() - 9),
                good + "{}\n",
                good.replace("\"threadId\"", "\"ThreadId\""),
                good.replaceFirst("\"size\":", "\"size\":1234567890123456789"),
                good.replaceFirst("\"sha256\":\"....", "\"sha256\":\"../."))) {
            Files.writeString(index, bad);
            Ended ended = verify();
            assertEquals(6, ended.exit(), bad);
            assertTrue(ended.err().contains("index.jsonl is damaged in line"), ended.err());
        }
        Files.write(index, new byte[] {'{', (byte) 0xff, '\n'});
        assertEquals(6, verify().exit());
        Files.delete(index);
        assertEquals(6, verify().exit());
        assertEquals(0, bench.mirror().exit());
        assertEquals(0, verify().exit());
    }

    @Test
    void stateOlderThanTheIndex_isAStorageFailure() throws IOException {
        Path journal = bench.dir.resolve(".steadymail/state/state.journal");
        byte[] old = Files.readAllBytes(journal);
        bench.deliver("INBOX", 21);
        assertEquals(0, bench.mirror().exit());
        Files.write(journal, old);
        Ended ended = verify();
        assertEquals(6, ended.exit(), ended.err());
        assertTrue(ended.err().contains("older than index.jsonl"), ended.err());
    }

    @Test
    void outputThatCannotBeWritten_isAStorageFailure() {
        Ended ended = CommandBench.of(bench.account)
                .run(new FullDisk(), "mirror", "imaps://ada@host", bench.dir.toString(), "--verify");
        assertEquals(6, ended.exit());
        assertTrue(ended.err().contains("standard output"), ended.err());
    }

    private Ended verify(String... options) {
        String[] all = Stream.concat(
                        Stream.of("mirror", "imaps://ada@host", bench.dir.toString(), "--verify"), Stream.of(options))
                .toArray(String[]::new);
        return CommandBench.of(tapped).run(all);
    }

    private static long told(Ended ended, String start) {
        return ended.out().lines().filter(line -> line.startsWith(start)).count();
    }

    private Path file(int number) {
        String sha256 = MirrorBench.sha256(MirrorBench.message(number));
        return bench.dir.resolve("messages").resolve(sha256.substring(0, 2)).resolve(sha256 + ".eml");
    }

    private String below(Path file) {
        return bench.dir.relativize(file).toString();
    }

    /** Has index and file agree on what the server never served. */
    private void swapContent(int number, String content) throws IOException {
        byte[] octets = content.getBytes(StandardCharsets.UTF_8);
        String before = MirrorBench.sha256(MirrorBench.message(number));
        String after = MirrorBench.sha256(octets);
        Files.delete(file(number));
        Path target = bench.dir.resolve("messages/" + after.substring(0, 2) + "/" + after + ".eml");
        Files.createDirectories(target.getParent());
        Files.write(target, octets);
        Path index = bench.dir.resolve("index.jsonl");
        Files.writeString(
                index,
                Files.readString(index)
                        .replaceFirst(before + "\",\"size\":[0-9]+", after + "\",\"size\":" + octets.length));
    }

    /** Every file below DIR with content and time of change. */
    private Map<String, String> snapshot() {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bench.dir)) {
            for (Path file : files.toList()) {
                String content = Files.isRegularFile(file) ? MirrorBench.sha256(Files.readAllBytes(file)) : "folder";
                all.put(below(file), content + " " + Files.getLastModifiedTime(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all;
    }

    private static Set<String> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("steadymail-verify-"))
                    .collect(Collectors.toSet());
        }
    }

    /** Takes nothing. */
    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
