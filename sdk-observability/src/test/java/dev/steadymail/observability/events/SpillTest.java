package dev.steadymail.observability.events;

import static dev.steadymail.observability.events.Bench.balanced;
import static dev.steadymail.observability.events.Bench.numbers;
import static dev.steadymail.observability.events.Bench.offer;
import static dev.steadymail.observability.events.Bench.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.ExportResult;
import dev.steadymail.observability.export.InMemoryExporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be delivered waits on disk, and goes first. */
class SpillTest {
    private static final Duration LONG = Duration.ofHours(2);

    private final Bench bench = new Bench();

    @TempDir
    Path parent;

    private EventBatcher batcher(InMemoryExporter exporter) {
        return bench.batcher(EventBatcher.builder(exporter)
                .settings(BatcherSettings.DEFAULT.withMaxTries(2))
                .spill(SpillSettings.in(folder())));
    }

    private Path folder() {
        return parent.resolve("spill");
    }

    private static InMemoryExporter dead() {
        return new InMemoryExporter().otherwise(ExportResult.notTaken(Duration.ofMinutes(1)));
    }

    @Test
    void leftAtClose_goesFirstAtTheNextStart_underItsOwnIds() {
        InMemoryExporter dead = dead();
        EventBatcher first = batcher(dead);
        offer(first, 0, 250);
        first.close();
        assertEquals(250, balanced(first, 250).spilled());

        InMemoryExporter alive = new InMemoryExporter();
        EventBatcher second = batcher(alive);
        offer(second, 250, 350);
        assertEquals(range(0, 350), numbers(alive.taken()));
        List<EventBatch> taken = alive.taken();
        assertEquals(dead.tried().get(0).id(), taken.get(0).id());
        assertTrue(
                taken.subList(0, 3).stream().allMatch(batch -> batch.sessionId().equals(first.sessionId())));
        assertEquals(second.sessionId(), taken.get(3).sessionId());
        BatcherStatistics all = balanced(second, 100);
        assertEquals(
                List.of(250L, 250L, 100L, 4L),
                List.of(all.spill().found(), all.spill().sent(), all.sent(), all.batches()));
        second.close();
        InMemoryExporter again = new InMemoryExporter();
        batcher(again).close();
        assertEquals(List.of(), again.tried());
    }

    @Test
    void triedTooOften_waitsOnDisk_andAllBehindItInOrder() {
        InMemoryExporter exporter = dead();
        EventBatcher batcher = batcher(exporter);
        for (int number = 0; number < 3_000; number += 100) {
            offer(batcher, number, number + 100);
            bench.time.advance(Duration.ofMinutes(1));
        }
        assertTrue(
                balanced(batcher, 3_000).spilled() >= 2_000,
                () -> batcher.statistics().toString());
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(LONG);
        assertEquals(range(0, 3_000), numbers(exporter.taken()));
        assertEquals(0, balanced(batcher, 3_000).spill().waiting());
        batcher.close();
    }

    @Test
    void whileTheReceiverRests_whatComesGoesToDiskToo() {
        InMemoryExporter exporter = dead().otherwise(ExportResult.notTaken(Duration.ofMinutes(5)));
        EventBatcher batcher = bench.batcher(EventBatcher.builder(exporter)
                .settings(BatcherSettings.DEFAULT.withMaxTries(1).withCapacity(1_000, Overflow.DROP_OLDEST))
                .spill(SpillSettings.in(folder())));
        for (int number = 0; number < 20_000; number += 100) {
            offer(batcher, number, number + 100);
            bench.time.advance(Duration.ofSeconds(1));
        }
        assertEquals(0, balanced(batcher, 20_000).dropped().total());
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(LONG);
        assertEquals(range(0, 20_000), numbers(exporter.taken()));
        batcher.close();
    }

    @Test
    void whatCannotBeReadNow_staysWhereItIs() throws IOException {
        InMemoryExporter exporter = dead();
        EventBatcher batcher = batcher(exporter);
        offer(batcher, 0, 100);
        bench.time.advance(LONG);
        Path file = files().get(0);
        Path aside = parent.resolve("aside");
        Files.move(file, aside);
        Files.createDirectory(file); // any other failure to read would do
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(LONG);
        assertEquals(List.of(), exporter.taken());
        assertEquals(0, balanced(batcher, 100).spill().dropped());
        Files.delete(file);
        Files.move(aside, file);
        bench.time.advance(LONG);
        assertEquals(range(0, 100), numbers(exporter.taken()));
        batcher.close();
    }

    @Test
    void closeOnAnInterruptedThread_keepsWhatWaits() {
        EventBatcher batcher = batcher(dead());
        offer(batcher, 0, 250);
        Thread.currentThread().interrupt();
        batcher.close();
        assertTrue(Thread.interrupted());
        BatcherStatistics.Spill spill = balanced(batcher, 250).spill();
        assertEquals(List.of(250L, 0L), List.of(spill.waiting(), spill.dropped()));
    }

    @Test
    void tooMuch_takesTheOldestAway() {
        InMemoryExporter dead = dead();
        EventBatcher first = bench.batcher(EventBatcher.builder(dead)
                .settings(BatcherSettings.DEFAULT.withCapacity(20_000, Overflow.DROP_NEWEST))
                .spill(new SpillSettings(folder(), 1 << 20)));
        offer(first, 0, 10_000);
        first.close();
        BatcherStatistics.Spill spill = balanced(first, 10_000).spill();
        assertTrue(spill.dropped() > 0 && spill.waiting() > 1_000, spill::toString);
        InMemoryExporter alive = new InMemoryExporter();
        batcher(alive).close();
        assertEquals(range((int) spill.dropped(), 10_000), numbers(alive.taken()));
    }

    @Test
    void damagedBatch_isPassedOver() throws IOException {
        EventBatcher first = batcher(dead());
        offer(first, 0, 300);
        first.close();
        List<Path> files = files();
        byte[] octets = Files.readAllBytes(files.get(1));
        octets[octets.length / 2] ^= 1;
        Files.write(files.get(1), octets);
        Files.writeString(folder().resolve("ffff.new"), "half");
        InMemoryExporter alive = new InMemoryExporter();
        EventBatcher second = batcher(alive);
        assertEquals(200, numbers(alive.taken()).size());
        assertEquals(range(200, 300), numbers(alive.taken()).subList(100, 200));
        assertEquals(1, balanced(second, 0).spill().damaged());
        second.close();
        assertEquals(List.of(), files());
    }

    @Test
    void damagedWhileItWaits_isCounted() throws IOException {
        InMemoryExporter exporter = dead();
        EventBatcher batcher = batcher(exporter);
        offer(batcher, 0, 100);
        bench.time.advance(LONG);
        Files.write(files().get(0), new byte[3]);
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(LONG);
        assertEquals(List.of(), exporter.taken());
        BatcherStatistics.Spill spill = balanced(batcher, 100).spill();
        assertEquals(List.of(1L, 100L), List.of(spill.damaged(), spill.dropped()));
        batcher.close();
    }

    @Test
    void everyTornOctet_isFoundOut() {
        EventBatch batch = EventBatch.of(
                UUID.randomUUID(), UUID.randomUUID(), 3, "{\"events\":[]}".getBytes(StandardCharsets.UTF_8));
        byte[] record = SpillRecord.of(batch);
        assertEquals(batch.id(), SpillRecord.read(record).orElseThrow().id());
        for (int at = 0; at < record.length; at++) {
            byte[] other = record.clone();
            other[at] ^= 0x40;
            assertTrue(SpillRecord.read(other).isEmpty(), "octet " + at);
            assertTrue(SpillRecord.read(Arrays.copyOf(record, at)).isEmpty(), "cut at " + at);
        }
    }

    @Test
    void secondBatcher_isRefused_untilTheFirstIsClosed() {
        EventBatcher first = batcher(dead());
        MailException refused = assertThrows(MailException.class, () -> batcher(dead()));
        assertEquals(Kind.STORAGE, refused.kind());
        first.close();
        batcher(dead()).close();
    }

    @Test
    void files_areTheOwnersAlone() throws IOException {
        EventBatcher first = batcher(dead());
        offer(first, 0, 100);
        first.close();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))));
    }

    @Test
    void switchedOff_forgetsTheDiskToo() throws IOException {
        EventBatcher first = batcher(dead());
        offer(first, 0, 100);
        first.close();
        EventBatcher second = batcher(dead());
        second.disable();
        assertEquals(100, balanced(second, 0).spill().dropped());
        assertEquals(List.of(), files());
        second.close();
        assertFalse(second.isEnabled());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder())) {
            return all.filter(file -> file.toString().endsWith(".batch"))
                    .sorted()
                    .toList();
        }
    }
}
