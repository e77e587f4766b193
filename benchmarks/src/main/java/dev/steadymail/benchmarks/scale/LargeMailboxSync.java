package dev.steadymail.benchmarks.scale;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.jdbc.JdbcStores;
import dev.steadymail.jdbc.JdbcSyncStore;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteDataSource;

/**
 * One run of a metadata sync of {@link LargeMailboxServer} into SQLite, as a program does that has just started. {@code --port N} and
 * {@code --database FILE} say between what. Prints progress, and at its end a line of JSON: what changed, seconds, commands after login,
 * commands until the first page was stored and how many emails it had, and the heap after collections at most, in MiB.
 */
public final class LargeMailboxSync {
    private static final Set<String> OPTIONS = Set.of("port", "database", "level");
    private static final double NANOS = 1e9;
    private static final int MIB = 1 << 20;
    private static final int TOLD_EVERY = 50_000;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private long mostHeap;
    private long told;

    private LargeMailboxSync() {}

    public static void main(String... arguments) {
        new LargeMailboxSync().run(new Options(OPTIONS, arguments));
    }

    private void run(Options options) {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl(
                "jdbc:sqlite:" + Path.of(options.text("database", "large.db")).toAbsolutePath());
        FetchLevel level = FetchLevel.valueOf(options.text("level", FetchLevel.METADATA.name()));
        ImapAccount account = ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
                .security(ImapAccount.Security.NONE_LOOPBACK_ONLY)
                .port(options.number("port", 0));
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            JdbcSyncStore store = JdbcStores.open(database).sync(account.id());
            EmailLoader loader =
                    (ids, call) -> new Loaded(mail.with(call).emails().get(ids, level), List.of());
            long began = System.nanoTime();
            SyncReport report = mail.sync(store, loader, SyncOptions.DEFAULT).run(progress -> page(progress, mail));
            figures.put("seconds", (System.nanoTime() - began) / NANOS);
            figures.put("created", report.created());
            figures.put("updated", report.updated());
            figures.put("destroyed", report.destroyed());
            figures.put("requests", mail.traffic().requests());
            figures.put("bytes", mail.traffic().bytes());
            figures.put("mostHeapAfterCollectionMiB", mostHeap / MIB);
            System.out.println(Json.of(figures));
        }
    }

    private void page(SyncReport progress, MailClient mail) {
        figures.putIfAbsent("firstPageRequests", mail.traffic().requests());
        figures.putIfAbsent("firstPage", progress.created());
        mostHeap = Math.max(mostHeap, heapAfterCollection());
        if (progress.looked() - told >= TOLD_EVERY) {
            told = progress.looked();
            System.err.println(progress.looked() + " of " + progress.expected() + ", "
                    + Math.round(progress.rate().orElse(0)) + " a second, still "
                    + progress.remaining().map(left -> left.toSeconds() + " s").orElse("?"));
        }
    }

    private static long heapAfterCollection() {
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            used += usage == null ? 0 : usage.getUsed();
        }
        return used;
    }
}
