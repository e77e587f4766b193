package dev.steadymail.imap.wire;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.CommandEncoder.Step;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The commands that were begun and have not ended: sends them in their order, and gives each its answer. Confined to the I/O thread. */
final class CommandQueue {
    private final EventLoop loop;
    private final Traffic traffic;
    private final Lifetime lifetime;
    private final Abilities abilities;
    private final Silence silence;
    private final SessionLog log;
    private final Deque<Running> running = new ArrayDeque<>(ImapSession.MOST_RUNNING);
    private int tags;

    CommandQueue(EventLoop loop, Traffic traffic, Lifetime lifetime, Abilities abilities, SessionLog log) {
        this.log = log;
        this.loop = loop;
        this.traffic = traffic;
        this.lifetime = lifetime;
        this.abilities = abilities;
        this.silence = new Silence(loop, lifetime);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /** Returns the command that the server answers now. */
    @Nullable
    Running oldest() {
        return running.peek();
    }

    /** Returns how long the server may say nothing now; 0 where it may do so for ever. */
    long silenceNanos() {
        Running oldest = running.peek();
        return oldest == null ? 0 : oldest.silenceNanos;
    }

    /** The server did something just now. */
    void heard() {
        silence.broken();
    }

    void begin(Command command, Duration patience, CommandListener listener) {
        IOException over = lifetime.end();
        if (over != null || lifetime.link() == null) {
            listener.failed(over != null ? over : new IOException("the connection is not there yet"));
            return;
        }
        if (running.size() == ImapSession.MOST_RUNNING) {
            // Thrown, it would reach nobody, and whoever waits for the command would wait for ever.
            listener.failed(new IOException("more than " + ImapSession.MOST_RUNNING + " commands at a time"));
            return;
        }
        String tag = "A" + ++tags;
        running.add(new Running(tag, listener, abilities.encoder().encode(tag, command), patience.toNanos(), command));
        traffic.countRequests(1);
        log.sent(tag, command);
        if (running.size() == 1) {
            silence.broken();
        }
        silence.watch(this);
        sendOn();
    }

    void idle(Command idle, Duration patience, CommandListener listener) {
        begin(idle, patience, listener);
        running.stream().filter(each -> each.listener == listener).forEach(each -> each.idles = true);
    }

    /** Ends an IDLE; nothing where none runs. */
    void done(Duration patience) {
        Running idle = running.peek();
        if (idle != null && idle.idles && lifetime.end() == null) {
            log.done();
            write(ByteBuffer.wrap("DONE\r\n".getBytes(StandardCharsets.US_ASCII)));
            EventLoop.Timer unused = loop.schedule(patience.toNanos(), () -> {
                if (running.contains(idle)) {
                    lifetime.lose(new SocketTimeoutException("the server did not end IDLE"));
                }
            });
        }
    }

    /** Goes on with the command whose content has been sent. */
    void contentEnded() {
        for (Running each : running) {
            if (each.streams) {
                each.streams = false;
                sendOn();
                return;
            }
        }
    }

    /** Sends what may be sent: the commands in their order, each as far as the server agreed to. */
    private void sendOn() {
        for (Running each : running) {
            while (lifetime.end() == null && !each.isSent() && !each.awaitsConsent && !each.streams) {
                send(each, each.takeStep());
            }
            if (lifetime.end() != null || !each.isSent()) {
                return;
            }
        }
    }

    private void send(Running command, Step step) {
        if (step instanceof Step.Send send) {
            write(send.octets());
        } else if (step instanceof Step.AwaitConsent) {
            command.awaitsConsent = true;
        } else if (step instanceof Step.Stream stream) {
            command.streams = true;
            command.listener.stream(stream.source(), stream.size());
        }
    }

    /** Answers a step of a login. */
    void answer(String line) {
        log.answered();
        write(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    void write(ByteBuffer octets) {
        Link to = lifetime.link();
        if (to != null && lifetime.end() == null) {
            traffic.countBytes(octets.remaining());
            to.write(octets);
        }
    }

    /** All that was written has left. */
    void drained() {
        silence.broken();
        for (Running each : running) {
            if (each.streams) {
                each.listener.drained();
            }
        }
    }

    void completed(Response.Completed answer) {
        for (Running each : running) {
            if (each.tag.equals(answer.tag())) {
                finish(each, answer);
                return;
            }
        }
        // A tag that nobody waits for is of no command of ours, and answers none.
    }

    private void finish(Running command, Response.Completed answer) {
        running.remove(command);
        abilities.learn(answer.said());
        command.listener.completed(answer);
        silence.broken();
        if (command.streams) {
            // The server still takes what is sent next for content.
            lifetime.lose(BrokenProtocolException.of("the server answered before it had all of the content"));
        }
        silence.watch(this);
        sendOn();
    }

    /** The server says to go on: with a literal, a login or IDLE. */
    void goOn(String text) {
        for (Running each : running) {
            if (each.awaitsConsent) {
                each.awaitsConsent = false;
                sendOn();
                return;
            }
        }
        Running oldest = running.peek();
        if (oldest != null) {
            oldest.silenceNanos = oldest.idles ? 0 : oldest.silenceNanos;
            oldest.listener.goOn(text);
        }
    }

    /** Tells all of them that it is over. */
    void fail(IOException cause) {
        silence.end();
        while (!running.isEmpty()) {
            running.remove().listener.failed(cause);
        }
    }
}
