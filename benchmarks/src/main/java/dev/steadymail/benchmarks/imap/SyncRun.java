package dev.steadymail.benchmarks.imap;

import dev.steadymail.MailClient;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.proxy.FaultProxy;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault.Delay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Brings a folder's sync state up to date with all mailboxes of the account, without bodies, as a program does that has just started. */
final class SyncRun {
    private static final int PROXY_BUFFER_BYTES = 1 << 24;

    private final Steadymail steadymail;
    private final Endpoint endpoint;

    SyncRun(Steadymail steadymail, Endpoint endpoint) {
        this.steadymail = steadymail;
        this.endpoint = endpoint;
    }

    /** Syncs through a proxy that delivers everything later by a latency, each way; zero for a proxy that only forwards. */
    Figures run(FetchLevel level, Path folder, Duration latency) {
        try (FaultProxy proxy = FaultProxy.builder(endpoint.port())
                .bufferBytes(PROXY_BUFFER_BYTES)
                .start()) {
            if (!latency.isZero()) {
                proxy.add(new Delay(Place.toServer(), latency), new Delay(Place.toClient(), latency));
            }
            Figures figures = run(level, folder, endpoint.withPort(proxy.port()));
            return figures.put("connections", proxy.counts().connections());
        }
    }

    /** Syncs without anything in between. */
    Figures run(FetchLevel level, Path folder) {
        return run(level, folder, endpoint);
    }

    private Figures run(FetchLevel level, Path folder, Endpoint reached) {
        steadymail.forgetWaits();
        try (FileSyncStore store = FileSyncStore.open(folder);
                MailClient client = steadymail.open(reached)) {
            EmailLoader loader =
                    (ids, call) -> new Loaded(client.with(call).emails().get(ids, level), List.of());
            long started = System.nanoTime();
            SyncReport report = client.sync(store, loader, SyncOptions.DEFAULT).run(unused -> {});
            return new Figures()
                    .put("seconds", Meter.seconds(System.nanoTime() - started))
                    .put("commands", client.traffic().requests())
                    .put("bytes", client.traffic().bytes())
                    .put("created", report.created())
                    .put("updated", report.updated())
                    .put("destroyed", report.destroyed())
                    .put("waitedSeconds", Meter.seconds(steadymail.waited().toNanos()));
        }
    }
}
