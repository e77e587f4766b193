package dev.steadymail.testkit.gmail;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on 127.0.0.1 whose threads are daemons. Threadsafe. */
final class LoopbackServer {
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final int THREADS = 16;
    private static final int MAX_WAITING_CALLS = 1_024;

    private final HttpServer server;
    private final ThreadPoolExecutor workers;

    LoopbackServer() throws IOException {
        this.workers = workers();
        sendWithoutDelay();
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(workers);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void start(HttpHandler handler) {
        server.createContext("/", handler);
        // The server's own thread inherits the daemon flag of the thread that starts it.
        Thread starter = new Thread(server::start, "fake-gmail-start");
        starter.setDaemon(true);
        starter.start();
        try {
            starter.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop();
            throw new IllegalStateException("interrupted while starting the fake Gmail server", interrupted);
        }
    }

    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    /**
     * The JDK's server sends head and body apart, so every call on a kept connection would wait some 40 ms for a
     * delayed acknowledgement. The only switch is this property, read when the process makes its first server.
     */
    private static void sendWithoutDelay() {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private static ThreadPoolExecutor workers() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_CALLS), task -> {
                    Thread thread = new Thread(task, "fake-gmail-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
