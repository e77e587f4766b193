package dev.steadymail.imap.wire;

import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Ends a connection whose server says nothing for longer than the oldest command allows. Confined to the I/O thread. */
final class Silence {
    private final EventLoop loop;
    private final Lifetime lifetime;
    private EventLoop.@Nullable Timer timer;
    private long rings;
    private long lastHeard = System.nanoTime();

    Silence(EventLoop loop, Lifetime lifetime) {
        this.loop = loop;
        this.lifetime = lifetime;
    }

    /** The server did something just now. */
    void broken() {
        lastHeard = System.nanoTime();
    }

    /** One timer, which may ring too soon and is wound again then, but never too late. */
    void watch(CommandQueue commands) {
        long limit = commands.silenceNanos();
        if (limit == 0 || lifetime.end() != null) {
            return;
        }
        long ends = lastHeard + limit;
        if (timer != null) {
            if (ends - rings >= 0) {
                return;
            }
            // What is watched for an earlier command would come too late for this one.
            timer.cancel();
        }
        rings = ends;
        timer = loop.schedule(Math.max(0, ends - System.nanoTime()), () -> check(commands));
    }

    private void check(CommandQueue commands) {
        timer = null;
        long limit = commands.silenceNanos();
        Link link = lifetime.link();
        if (limit > 0 && link != null && link.isPaused()) {
            // It is we who do not listen.
            lastHeard = System.nanoTime();
        } else if (limit > 0 && System.nanoTime() - lastHeard >= limit) {
            lifetime.lose(new SocketTimeoutException("the server fell silent"));
        }
        watch(commands);
    }

    /** Watches no more. */
    void end() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
