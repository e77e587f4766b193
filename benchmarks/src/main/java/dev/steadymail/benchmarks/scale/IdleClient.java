package dev.steadymail.benchmarks.scale;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.imap.ImapSettings;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Watches many accounts with the SDK as an application would. Takes and prints what {@link RawClient} does, which it is compared with;
 * an account counts as changed when its watch tells of its inbox. {@code --interval}, {@code --host-connections} and {@code
 * --per-minute} set what the accounts allow themselves.
 */
public final class IdleClient {
    private static final Set<String> OPTIONS = Set.of(
            "port", "control-addresses", "connections", "ca", "interval", "host-connections", "per-minute", "workers");
    private static final int COLLECTIONS = 4;

    private final Options options;
    private final List<MailClient> clients = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Set<String> watching = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();
    private final MailRuntime runtime;
    private final SSLContext trust;
    private final long heapBefore;

    private IdleClient(Options options) throws IOException, GeneralSecurityException {
        this.options = options;
        trust = Identity.trusting(Path.of(options.text("ca", "ca.pem")));
        runtime = MailRuntime.builder().maxWorkers(options.number("workers", 3)).build();
        heapBefore = heapInUse();
    }

    /** Watches until told to quit. */
    public static void main(String... arguments) throws IOException, GeneralSecurityException {
        IdleClient client = new IdleClient(new Options(OPTIONS, arguments));
        client.open();
        client.listen();
        System.exit(0);
    }

    private void open() {
        WatchOptions watched = WatchOptions.INBOX.interval(Duration.ofSeconds(options.number("interval", 120)));
        ImapSettings settings = ImapSettings.DEFAULT.newConnectionsPerMinute(options.number("per-minute", 200));
        settings = settings.maxHostConnections(options.number("host-connections", 100));
        for (int i = 0; i < options.number("connections", 1); i++) {
            String user = "user" + i;
            String host = "127.0.1." + (Math.floorMod(i, options.number("control-addresses", 1)) + 1);
            MailClient client = runtime.open(ImapAccount.at(host, Credentials.password(user, "secret"))
                    .port(options.number("port", 993))
                    .settings(settings)
                    .trusting(trust));
            clients.add(client);
            watches.add(client.watch(watched, event -> told(user, event)));
        }
    }

    private void told(String user, WatchEvent event) {
        if (event instanceof WatchEvent.Changed changed) {
            if (!changed.mailboxes().isEmpty()) {
                print("{\"event\":\"changed\",\"user\":\"" + user + "\"}");
            }
        } else if (event instanceof WatchEvent.Watching) {
            boolean first = watching.add(user);
            int count = watching.size();
            if (first && (count % 500 == 0 || count == clients.size())) {
                print("{\"event\":\"watching\",\"count\":" + count + "}");
            }
        } else if (event instanceof WatchEvent.Lost failure) {
            watching.remove(user);
            if (lost.incrementAndGet() <= 20) {
                System.err.println(user + ": " + failure.cause().getMessage() + "; again in " + failure.retryIn());
            }
        }
    }

    private void listen() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            if (line.equals("report")) {
                long heap = (heapInUse() - heapBefore) / Math.max(1, clients.size());
                int threads = ManagementFactory.getThreadMXBean().getThreadCount();
                print("{\"event\":\"report\",\"heapPerConnection\":" + heap + ",\"threads\":" + threads + "}");
            }
        }
    }

    private static long heapInUse() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }
}
