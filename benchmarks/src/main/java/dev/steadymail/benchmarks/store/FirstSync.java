package dev.steadymail.benchmarks.store;

import dev.steadymail.mail.Email;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.SyncBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A first run of a mirror without the mail: every email is staged, every page applied. Making the emails up is not counted. */
final class FirstSync {
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_MILLI = 1e6;
    private static final double MEGABYTE = 1e6;

    private final int emails;
    private final int pageSize;
    private long opening;
    private long staging;
    private long applying;
    private long slowest;

    FirstSync(int emails, int pageSize) {
        this.emails = emails;
        this.pageSize = pageSize;
    }

    Map<Measure, Double> run(Contestant contestant, Path folder) throws SQLException, IOException {
        long began = System.nanoTime();
        try (MirrorStore store = contestant.open(folder)) {
            opening = System.nanoTime() - began;
            for (int first = 0; first < emails; first += pageSize) {
                page(store, first, Math.min(emails, first + pageSize));
            }
        }
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        figures.put(Measure.FIRST_SYNC, (opening + staging + applying) / NANOS);
        figures.put(Measure.STAGING, staging / NANOS);
        figures.put(Measure.SLOWEST_BATCH, slowest / NANOS_OF_MILLI);
        figures.put(Measure.DISK, octets(folder) / MEGABYTE);
        return figures;
    }

    private void page(MirrorStore store, int first, int end) {
        List<Email> page = new ArrayList<>();
        for (int number = first; number < end; number++) {
            page.add(GeneratedMail.email(number));
        }
        SyncBatch batch = batch(page, first, end);
        long began = System.nanoTime();
        page.forEach(store::stage);
        long staged = System.nanoTime();
        store.apply(batch);
        long applied = System.nanoTime();
        staging += staged - began;
        applying += applied - staged;
        slowest = Math.max(slowest, applied - staged);
    }

    private static SyncBatch batch(List<Email> page, int first, int end) {
        SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("first sync, " + end));
        if (first == 0) {
            GeneratedMail.mailboxes().forEach(batch::save);
        }
        page.forEach(batch::create);
        return batch.build();
    }

    private static long octets(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long octets = 0;
            for (Path file : files.toList()) {
                octets += Files.size(file);
            }
            return octets;
        }
    }
}
