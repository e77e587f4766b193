package dev.steadymail.server.health;

import dev.steadymail.server.web.FatalErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Notices that nobody listens on the server's own port any more, where only a new process helps. A server that is slow or full still
 * listens, and is left alone. Thread-safe.
 */
@Component
class WebServerWatch implements SmartLifecycle {
    static final int REFUSALS = 3;

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int CONNECT_MILLIS = 1_000;
    private static final String ANY_ADDRESS = "127.0.0.1";

    private final Environment settings;
    private int refusals; // used by one thread at a time
    private @Nullable ScheduledExecutorService looking; // guarded by this

    WebServerWatch(Environment settings) {
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    public synchronized void start() {
        Integer port = settings.getProperty("local.server.port", Integer.class);
        if (port == null) {
            return; // nothing listens here at all
        }
        InetSocketAddress address = new InetSocketAddress(settings.getProperty("server.address", ANY_ADDRESS), port);
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(WebServerWatch::thread);
        thread.scheduleWithFixedDelay(() -> look(address), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        looking = thread;
    }

    /** Looks once; the last of several refusals in a row is fatal. */
    void look(InetSocketAddress address) {
        refusals = isRefused(address) ? refusals + 1 : 0;
        if (refusals == REFUSALS) {
            FatalErrors.tell(new InternalError("nobody listens on the server's port any more"));
        }
    }

    private static boolean isRefused(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException slow) {
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            looking.shutdownNow();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }

    /** After the web server began, and no more once it is about to end. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private static Thread thread(Runnable look) {
        Thread thread = new Thread(look, "steadymail-web-watch");
        thread.setDaemon(true);
        return thread;
    }
}
