package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis as a child process on loopback, a cache that keeps nothing on disk. Only its executable comes from the embedded-redis
 * library, whose own server would end with the first shutdown hook, before the work that uses it.
 */
final class RedisProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PING_TIMEOUT_MS = 1000;
    private static final byte[] PONG = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final InetAddress LOOPBACK = loopback();

    private final int port;
    private final String password;
    private final OwnProcesses processes;

    private RedisProcess(int port, String password, OwnProcesses processes) {
        this.port = port;
        this.password = password;
        this.processes = processes;
    }

    /** Stops what an earlier run left, and starts Redis on a free port. */
    static RedisProcess start(DataFolder folder) throws InterruptedException {
        Path home = folder.privateFolder("redis");
        Path bin = folder.privateFolder("redis/bin");
        ServiceLog log = new ServiceLog(home.resolve("redis.log"));
        OwnProcesses processes = new OwnProcesses(bin);
        processes.endAll("TERM", STOP_LIMIT);
        try {
            RedisProcess redis = new RedisProcess(freePort(), password(folder), processes);
            folder.write("redis/redis.conf", redis.settings(home));
            log.begin();
            redis.launch(bin, home, log);
            return redis;
        } catch (IOException e) {
            throw StartException.internal("Redis does not start: " + e.getMessage(), e);
        }
    }

    /** A URL takes it as it is. */
    private static String password(DataFolder folder) {
        return folder.secret("redis").replace('+', '-').replace('/', '_').replace("=", "");
    }

    private String settings(Path home) {
        return """
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir %s
                pidfile %s
                daemonize no
                set-proc-title no
                save ""
                appendonly no
                maxmemory 128mb
                maxmemory-policy allkeys-lru
                loglevel warning
                """.formatted(port, password, quoted(home), quoted(home.resolve("redis.pid")));
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** In a session of its own, so that Ctrl-C on the terminal reaches the server alone. */
    private void launch(Path bin, Path home, ServiceLog log) throws IOException, InterruptedException {
        Path executable =
                ExecutableProvider.newJarResourceProvider(bin.toFile()).get().toPath();
        Process process = new ProcessBuilder(
                        "setsid",
                        executable.toString(),
                        home.resolve("redis.conf").toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.file().toFile()))
                .start();
        process.getOutputStream().close();
        if (!awaitReady(process)) {
            processes.kill();
            throw StartException.internal(
                    "Redis does not start: " + log.reason("no answer, and nothing in its log")
                            + "; it needs glibc 2.34 and OpenSSL 3 (libssl3), or set DATABASE_URL and run without --embedded",
                    null);
        }
    }

    private boolean awaitReady(Process process) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            if (answers()) {
                return true;
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PING_TIMEOUT_MS);
            socket.connect(new InetSocketAddress(LOOPBACK, port), PING_TIMEOUT_MS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(PONG.length);
            return Arrays.equals(PONG, answer);
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Not the JDK's loopback address, which may be ::1. */
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** Ends it within 2 s, and kills it after that. */
    void close() throws InterruptedException {
        processes.endAll("TERM", STOP_LIMIT);
    }
}
