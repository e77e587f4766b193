package dev.steadymail.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a later run of a mirror asks of its state: everything once, in a JVM that has just started. */
final class LaterRun {
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_MILLI = 1e6;
    private static final double MIB = 1 << 20;
    private static final int COLLECTIONS = 3;
    private static final int ASKED = 1_000;

    private final int emails;
    private final int run;
    private final Map<Measure, Double> figures = new EnumMap<>(Measure.class);

    /**
     * @param emails how many the first sync had
     * @param run how many later runs there were before
     */
    LaterRun(int emails, int run) {
        this.emails = emails;
        this.run = run;
    }

    Map<Measure, Double> run(Contestant contestant, Path folder) throws SQLException {
        processorTime();
        long heapBefore = heapInUse();
        long cpuBefore = processorTime();
        long began = System.nanoTime();
        try (MirrorStore store = contestant.open(folder)) {
            if (store.cursor().isEmpty()) {
                throw new IllegalStateException("nothing was synced into " + folder);
            }
            figures.put(Measure.OPENING, (System.nanoTime() - began) / NANOS_OF_MILLI);
            figures.put(Measure.OPENING_CPU, (processorTime() - cpuBefore) / NANOS_OF_MILLI);
            figures.put(Measure.HEAP, (heapInUse() - heapBefore) / MIB);
            use(store);
        }
        return figures;
    }

    private void use(MirrorStore store) {
        Changes changes = new Changes(emails, run);
        SyncBatch batch = changes.batch();
        List<EmailId> asked = IntStream.range(0, ASKED)
                .mapToObj(i -> GeneratedMail.id((int) ((long) i * emails / ASKED)))
                .toList();
        figures.put(Measure.CHANGES, seconds(() -> store.apply(batch)) * NANOS / NANOS_OF_MILLI);
        figures.put(Measure.MAILBOXES, seconds(() -> require(changes.emailsAfter(), inMailboxes(store))));
        figures.put(Measure.FINDS, seconds(() -> require(ASKED / 2, found(store, asked))) * NANOS / NANOS_OF_MILLI);
        figures.put(Measure.SORTED, seconds(() -> require(changes.emailsAfter(), inOrder(store))));
    }

    private static double seconds(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / NANOS;
    }

    private static void require(int least, int seen) {
        if (seen < least) {
            throw new IllegalStateException("saw " + seen + " emails, not " + least);
        }
    }

    private static int inMailboxes(MirrorStore store) {
        int seen = 0;
        for (Mailbox mailbox : store.known().mailboxes()) {
            for (KnownEmail email : store.known().in(mailbox.id())) {
                seen += email.mailboxIds().contains(mailbox.id()) ? 1 : 0;
            }
        }
        return seen;
    }

    private static int found(MirrorStore store, List<EmailId> ids) {
        return (int)
                ids.stream().filter(id -> store.known().find(id).isPresent()).count();
    }

    private static int inOrder(MirrorStore store) {
        int seen = 0;
        String before = "";
        for (Iterator<StoredEmail> all = store.sorted().iterator(); all.hasNext(); ) {
            StoredEmail stored = all.next();
            Email email = stored.email();
            seen += stored.id().compareTo(before) > 0 && email.blobId() != null ? 1 : 0;
            before = stored.id();
        }
        return seen;
    }

    /** Of the whole process, its compiler included: what other work on the machine disturbs least. */
    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** As the collector left it: what a thread has reserved since then would count as used, 10 MB in a large heap. */
    @SuppressWarnings("CallToSystemGC")
    private static long heapInUse() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }
}
