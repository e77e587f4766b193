package dev.steadymail.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * The least a client can be: idle IMAP connections on the JDK's TLS and nothing else, so its heap a connection is the floor under
 * any client that uses it. Each account has one connection, to the addresses from 127.0.1.1 in turn.
 *
 * <p>{@code --port}, {@code --control-addresses} (how many addresses), {@code --connections} and {@code --ca} say where to. It
 * prints lines of JSON: {@code watching} with a count once a second while that changes, {@code changed} with a user for each message
 * that arrives. Standard input takes {@code report}, which collects garbage and prints heap a connection in bytes and threads, and
 * {@code quit}.
 */
public final class RawClient implements RawAccount.Observer {
    private static final Set<String> OPTIONS = Set.of("port", "control-addresses", "connections", "ca");
    private static final int CONNECTING_AT_ONCE = 100;
    private static final int COLLECTIONS = 4;

    private final EventLoop loop = new EventLoop();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(RawClient::daemon);
    private final Queue<RawAccount> waiting = new ArrayDeque<>();
    private final SSLContext context;
    private final Options options;
    private final long heapBefore;
    private int connecting;
    private int watching;
    private int told = -1;

    RawClient(Options options) throws IOException, GeneralSecurityException {
        this.options = options;
        context = Identity.trusting(Path.of(options.text("ca", "ca.pem")));
        heapBefore = heapInUse();
        for (int i = 0; i < options.number("connections", 1); i++) {
            waiting.add(new RawAccount(i, this));
        }
    }

    /** Watches until told to quit. */
    public static void main(String... arguments) throws IOException, GeneralSecurityException {
        RawClient client = new RawClient(new Options(OPTIONS, arguments));
        Thread input = daemon(client::listen);
        input.start();
        client.loop.submit(client::connect);
        client.later(client::tick);
        client.loop.run();
    }

    @Override
    public void watching() {
        watching++;
        connecting--;
        connect();
    }

    @Override
    public void changed(RawAccount account) {
        print("changed", Map.of("user", account.user()));
    }

    @Override
    public void lost(RawAccount account, boolean watched) {
        if (watched) {
            watching--;
        } else {
            connecting--;
        }
        waiting.add(account);
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                if (line.equals("report")) {
                    loop.submit(this::report);
                }
            }
        } catch (IOException gone) {
            System.err.println("standard input: " + gone);
        }
        loop.stop();
    }

    private void later(Runnable task) {
        ScheduledFuture<?> unused = timer.schedule(() -> loop.submit(task), 1, TimeUnit.SECONDS);
    }

    private void tick() {
        if (watching != told) {
            told = watching;
            print("watching", Map.of("count", watching));
        }
        connect();
        later(this::tick);
    }

    private void connect() {
        while (connecting < CONNECTING_AT_ONCE && !waiting.isEmpty()) {
            RawAccount account = waiting.remove();
            connecting++;
            try {
                connect(account);
            } catch (IOException unreachable) {
                lost(account, false);
                return;
            }
        }
    }

    private void connect(RawAccount account) throws IOException {
        int address = Math.floorMod(account.number(), options.number("control-addresses", 1)) + 1;
        InetSocketAddress server = new InetSocketAddress("127.0.1." + address, options.number("port", 0));
        SSLEngine engine = context.createSSLEngine(server.getHostString(), server.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        boolean unused = channel.connect(server);
        account.connected(new TlsConnection(loop, channel, engine, account));
    }

    private void report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("heapPerConnection", (heapInUse() - heapBefore) / options.number("connections", 1));
        report.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        print("report", report);
    }

    /** Several collections, since the first may leave what finalizers and references hold. */
    @SuppressWarnings("CallToSystemGC")
    private static long heapInUse() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String event, Map<String, ?> facts) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(facts);
        System.out.println(Json.of(line));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }
}
