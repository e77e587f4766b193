package dev.steadymail.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server in a process of its own, on a free port of the loopback interface, that keeps nothing on disk. It can be killed,
 * stopped and started again on its port. The program is the one of {@code embedded-redis} where that is on the class path, else
 * {@code redis-server}. Not thread-safe.
 */
public final class RedisProcess implements AutoCloseable {
    private static final String BUNDLED = "redis-server-6.2.6-v5-linux-amd64";
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);
    private static final int NODE_TRIES = 20;

    private final Path folder;
    private final int port;
    private final List<String> arguments;
    private @Nullable Process process;

    private RedisProcess(Path folder, int port, List<String> arguments) {
        this.folder = folder;
        this.port = port;
        this.arguments = arguments;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param options of its command line, for example {@code --maxmemory 20mb}
     */
    public static RedisProcess start(String... options) {
        try {
            Path folder = Files.createTempDirectory("steadymail-redis");
            int port = freePort();
            List<String> arguments = new ArrayList<>(List.of(
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString()));
            arguments.addAll(List.of(options));
            return running(new RedisProcess(folder, port, arguments));
        } catch (IOException failure) {
            throw new UncheckedIOException("Redis cannot be started", failure);
        }
    }

    /**
     * Starts a node that can join a cluster and has no slots yet. Nodes need a second port, 10,000 above the first, which may be taken or be
     * none: then another is tried.
     */
    public static RedisProcess startNode(String... options) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
        all.addAll(List.of(options));
        UncheckedIOException last = null;
        for (int attempt = 0; attempt < NODE_TRIES; attempt++) {
            try {
                return start(all.toArray(String[]::new));
            } catch (UncheckedIOException failure) {
                last = failure;
            }
        }
        throw new IllegalStateException("no port was free for a node, and the one above it", last);
    }

    /**
     * Starts a sentinel, which alone decides that a master is down and puts a replica in its place.
     *
     * @param name what clients call the master
     * @param settings of its watch, for example {@code down-after-milliseconds 500}
     */
    public static RedisProcess startSentinel(String name, RedisProcess master, String... settings) {
        try {
            Path folder = Files.createTempDirectory("steadymail-redis");
            int port = freePort();
            List<String> lines = new ArrayList<>(List.of(
                    "port " + port,
                    "bind 127.0.0.1",
                    "dir " + folder,
                    "sentinel monitor " + name + " 127.0.0.1 " + master.port() + " 1"));
            for (String setting : settings) {
                int word = setting.indexOf(' ');
                lines.add("sentinel " + setting.substring(0, word) + " " + name + setting.substring(word));
            }
            // A sentinel writes into its file what it learns.
            Path file = Files.write(folder.resolve("sentinel.conf"), lines);
            return running(new RedisProcess(folder, port, List.of(file.toString(), "--sentinel")));
        } catch (IOException failure) {
            throw new UncheckedIOException("no sentinel can be started", failure);
        }
    }

    private static RedisProcess running(RedisProcess redis) {
        try {
            redis.run();
            return redis;
        } catch (UncheckedIOException failure) {
            redis.close();
            throw failure;
        }
    }

    /** Returns where it answers. */
    public int port() {
        return port;
    }

    /** Returns its address as Redis clients write it. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it again after {@link #kill}; a server is empty then. */
    public void run() {
        try {
            List<String> command = new ArrayList<>(List.of(program().toString()));
            command.addAll(arguments);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            awaitAnswer();
        } catch (IOException failure) {
            throw new UncheckedIOException("Redis cannot be started", failure);
        }
    }

    /** Ends it at once, as a crash does. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running);
            process = null;
        }
    }

    /** Stops it in its steps: connections stay, nothing is answered. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        signal("CONT");
    }

    /** Sends one command on a connection of its own and returns what came first, for example {@code +OK}. */
    public String command(String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(10_000);
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                int octets = word.getBytes(StandardCharsets.UTF_8).length;
                request.append('$').append(octets).append("\r\n").append(word).append("\r\n");
            }
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[64 * 1024];
            int read = socket.getInputStream().read(answer);
            return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("Redis does not answer", failure);
        }
    }

    private void signal(String name) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("Redis does not run");
        }
        try {
            await(new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start());
        } catch (IOException failure) {
            throw new UncheckedIOException("no signal could be sent", failure);
        }
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!answers()) {
            Process running = process;
            if (running == null || !running.isAlive() || System.nanoTime() > end) {
                String log = Files.readString(folder.resolve("redis.log"));
                throw new IOException("Redis did not come up; it said: " + log);
            }
            pauseFor(BETWEEN_TRIES);
        }
    }

    private boolean answers() {
        try {
            return command("PING").startsWith("+PONG");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static void pauseFor(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Redis starts", interrupt);
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + ending.pid() + " does not end");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ends", interrupt);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path program() throws IOException {
        Path bundled = folder.resolve("redis-server");
        if (Files.exists(bundled)) {
            return bundled;
        }
        try (InputStream program =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(BUNDLED)) {
            boolean suits = "amd64".equals(System.getProperty("os.arch")) && File.separatorChar == '/';
            if (program == null || !suits) {
                return Path.of("redis-server");
            }
            Files.copy(program, bundled, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!bundled.toFile().setExecutable(true)) {
            throw new IOException(
                    "the program of Redis cannot be made executable: does the temporary folder forbid it?");
        }
        return bundled;
    }

    /** Ends the server and removes its folder. */
    @Override
    public void close() {
        kill();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the folder of Redis could not be removed", failure);
        }
    }
}
