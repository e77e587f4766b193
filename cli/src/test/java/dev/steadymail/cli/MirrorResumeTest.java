package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.TappedAccount.Killed;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.Faults.Stall;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that do not get to their end, and the ones after them. */
class MirrorResumeTest {
    @TempDir
    Path folder;

    private MirrorBench bench;
    private TappedAccount tapped;

    @BeforeEach
    void open() {
        bench = new MirrorBench(InMemoryAccount.folders(), folder.resolve("dir"));
        tapped = new TappedAccount(bench.account);
    }

    private Ended mirror() {
        return bench.mirror(CommandBench.of(tapped));
    }

    @Test
    void killedRuns_readNoMessageTwice() {
        bench.deliver("INBOX", 1, 350);
        Random random = new Random(11);
        for (int left = 300; left > 0; ) {
            int messages = 1 + random.nextInt(90);
            left -= messages;
            tapped.killAfter(messages);
            assertThrows(Killed.class, this::mirror);
            assertEquals(List.of(), bench.index(), "the index is the previous complete one");
        }
        tapped.afterEach = () -> {};
        Ended last = mirror();
        assertEquals(0, last.exit(), last.err());
        assertEquals(350, tapped.read.size());
        assertEquals(350, bench.index().size());
        assertEquals(List.of(), bench.problems());
        assertEquals(0, MirrorBench.number(mirror(), "created"));
    }

    @Test
    void whatChangedBetweenAKillAndTheNextRun_isSeen() {
        bench.deliver("INBOX", 1, 10);
        tapped.killAfter(10);
        assertThrows(Killed.class, this::mirror);
        bench.account.setKeywords(MirrorBench.messageId(3), Set.of(Keyword.SEEN));
        bench.account.remove(MirrorBench.messageId(4));
        tapped.afterEach = () -> {};
        assertEquals(0, mirror().exit());
        assertEquals(10, tapped.read.size());
        assertEquals(9, bench.index().size());
        assertEquals(
                1, bench.rows().stream().filter(row -> row.contains("$seen")).count());
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void killedLaterRun_leavesTheIndexOfTheOneBefore() {
        bench.deliver("INBOX", 1, 5);
        mirror();
        List<String> before = bench.index();
        bench.deliver("INBOX", 6, 9);
        bench.account.remove(MirrorBench.messageId(1));
        tapped.killAfter(2);
        assertThrows(Killed.class, this::mirror);
        assertEquals(before, bench.index());
        assertTrue(bench.problems().stream().allMatch(problem -> problem.endsWith("has no line")));
        tapped.afterEach = () -> {};
        assertEquals(0, mirror().exit());
        assertEquals(9, new HashSet<>(tapped.read).size());
        assertEquals(9, tapped.read.size());
        assertEquals(8, bench.index().size());
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void leftoversOfAKilledRun_areCleared() throws IOException {
        mirror();
        Path leftover = Files.writeString(bench.dir.resolve(".steadymail/tmp/message"), "half a mess");
        bench.deliver("INBOX", 1);
        assertEquals(0, mirror().exit());
        assertTrue(Files.notExists(leftover));
        try (Stream<Path> left = Files.list(bench.dir.resolve(".steadymail/tmp"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void interrupt_leavesAnIndexOfWhatIsThere() {
        bench.deliver("INBOX", 1, 250);
        StopSignal stop = new StopSignal();
        tapped.afterEach = () -> {
            if (tapped.read.size() == 130) {
                stop.stop(StopReason.INTERRUPTED);
            }
        };
        Ended ended = bench.mirror(CommandBench.of(tapped).stop(stop));
        assertEquals(130, ended.exit(), ended.err());
        assertEquals(130, MirrorBench.number(ended, "exit"));
        assertEquals("CANCELLED", MirrorBench.value(ended.out(), "kind"));
        assertEquals(100, bench.index().size());
        assertEquals(List.of(), bench.problems());
        tapped.afterEach = () -> {};
        assertEquals(0, mirror().exit());
        assertEquals(250, bench.index().size());
        assertEquals(List.of(), bench.problems());
    }

    @Test
    void interrupt_endsARunThatWaitsForASilentServer() throws Exception {
        bench.deliver("INBOX", 1);
        StopSignal stop = new StopSignal();
        try (Stall stall = bench.account.faults().stall()) {
            CompletableFuture<Ended> run = CompletableFuture.supplyAsync(
                    () -> bench.mirror(CommandBench.of(tapped).stop(stop)));
            assertTrue(stall.awaitRequest(Duration.ofSeconds(30)));
            stop.stop(StopReason.INTERRUPTED);
            assertEquals(130, run.get(30, TimeUnit.SECONDS).exit());
        }
    }

    @Test
    void deadline_endsARunThatWaitsForASilentServer() {
        bench.deliver("INBOX", 1);
        try (Stall stall = bench.account.faults().stall()) {
            Ended ended = bench.mirror("--deadline", "1s");
            assertTrue(stall.awaitRequest(Duration.ZERO));
            assertEquals(4, ended.exit());
            assertEquals("DEADLINE", MirrorBench.value(ended.out(), "kind"));
            assertTrue(ended.err().contains("--deadline"), ended.err());
        }
    }

    @Test
    void throttleBeyondTheDeadline_endsAtOnceAndSaysWhenToComeBack() {
        bench.deliver("INBOX", 1);
        Instant later = Instant.now().plus(Duration.ofHours(2));
        bench.account
                .faults()
                .failAlways(MailException.builder(Kind.THROTTLED, "slow down")
                        .retryAt(later)
                        .build());
        Ended ended = bench.mirror("--deadline", "20m");
        assertEquals(4, ended.exit());
        assertEquals("THROTTLED", MirrorBench.value(ended.out(), "kind"));
        assertTrue(ended.out().contains("\"retryAt\":\"" + later.toString().substring(0, 16)), ended.out());
        assertTrue(
                MirrorBench.number(ended, "throttledMs") <= MirrorBench.number(ended, "elapsedMs"),
                "a throttle counts as far as it was waited for: " + ended.out());
    }
}
