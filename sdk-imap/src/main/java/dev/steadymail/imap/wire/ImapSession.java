package dev.steadymail.imap.wire;

import dev.steadymail.event.ConnectionLog;
import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.Logout;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an IMAP server: reaches it, protects it, runs commands over it, at most two at a time, and hands on what is said
 * meanwhile. It is read from even while nothing runs, so that an end is noticed at once. Thread-safe; what hears of it is called on
 * its I/O thread.
 */
public final class ImapSession {
    /** Commands in flight; more would not be faster, and a server may answer them in another order. */
    public static final int MOST_RUNNING = 2;

    private static final Command IDLE = Command.named("IDLE");
    private static final Command COMPRESS = Command.named("COMPRESS").words("DEFLATE");

    private final EventLoop loop;
    private final Lifetime lifetime;
    private final Opening opening;
    private final Abilities abilities;
    private final CommandQueue commands;
    private final Incoming incoming;

    private ImapSession(IoThreads threads, CodecLimits limits, Traffic traffic, SessionLog log) throws IOException {
        loop = threads.next();
        lifetime = new Lifetime(loop);
        opening = new Opening(threads, loop, lifetime, log);
        abilities = new Abilities(threads);
        commands = new CommandQueue(loop, traffic, lifetime, abilities, log);
        incoming = new Incoming(limits, traffic, lifetime, opening, abilities, commands, log);
        lifetime.mournedBy(log::ended);
        lifetime.mournedBy(opening::fail);
        lifetime.mournedBy(cause -> incoming.drop());
        lifetime.mournedBy(commands::fail);
    }

    /**
     * Begins a connection on one of the threads; nothing is connected yet.
     *
     * @throws IOException where the threads have ended
     */
    public static ImapSession on(IoThreads threads, CodecLimits limits, Traffic traffic) throws IOException {
        return new ImapSession(threads, limits, traffic, new SessionLog(null));
    }

    /**
     * Begins a connection as {@link #on(IoThreads, CodecLimits, Traffic)} does, which writes into a log what is said over it.
     *
     * @throws IOException where the threads have ended
     */
    public static ImapSession on(IoThreads threads, CodecLimits limits, Traffic traffic, ConnectionLog log)
            throws IOException {
        return new ImapSession(threads, limits, traffic, new SessionLog(log));
    }

    /** Connects, and puts TLS on where the endpoint says so. The future ends with the greeting, or with what prevented it. */
    public CompletableFuture<Response.Untagged> connect(Endpoint to) {
        loop.execute(() -> opening.connect(to, incoming));
        return opening.greeting();
    }

    /**
     * Runs STARTTLS (RFC 3501 section 6.2.1) and puts TLS on where the server agrees. What the server could do before is forgotten, and
     * a single octet that comes between its consent and the handshake ends the connection (CVE-2011-0411).
     *
     * @return the server's answer: OK once TLS is on, or its refusal
     */
    public CompletableFuture<Response.Completed> startTls(Command startTls, Duration silence) {
        CompletableFuture<Response.Completed> secured = new CompletableFuture<>();
        loop.execute(() -> commands.begin(startTls, silence, new Consent(secured, opening::consented)));
        return secured;
    }

    /**
     * Has both sides compress (RFC 4978), where the server agrees. Nothing else may run meanwhile.
     *
     * @param silence how long the server may say nothing
     * @return the server's answer
     */
    public CompletableFuture<Response.Completed> compress(Duration silence) {
        CompletableFuture<Response.Completed> agreed = new CompletableFuture<>();
        loop.execute(() -> commands.begin(COMPRESS, silence, new Compressing(lifetime, incoming, agreed)));
        return agreed;
    }

    /**
     * Runs a command.
     *
     * @param silence how long the server may say nothing; zero where it may do so for ever
     */
    public void run(Command command, Duration silence, CommandListener listener) {
        loop.execute(() -> commands.begin(command, silence, listener));
    }

    /**
     * Runs IDLE (RFC 2177): the server may be silent once it has begun.
     *
     * @param patience how long the server may say nothing before it begins
     */
    public void idle(Duration patience, CommandListener listener) {
        loop.execute(() -> commands.idle(IDLE, patience, listener));
    }

    /**
     * Has what the server says while no command runs heard by {@code each}, on the I/O thread, in place of whoever heard it before. With
     * NOTIFY (RFC 5465) a server says once what happens, at any time.
     */
    public void overhear(Consumer<Reply> each) {
        loop.execute(() -> incoming.overhear(each));
    }

    /** Answers whether the server said, whenever that was, that it stopped to tell what happens (RFC 5465 section 5.8). */
    public boolean hasOverflown() {
        return incoming.hasOverflown();
    }

    /** What the server said of it so far is of no account any more: it is about to be asked again. */
    public void forgetOverflow() {
        loop.execute(incoming::forgetOverflow);
    }

    /** Runs a task on the I/O thread; it must be quick and must not block. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Answers a step of a login. */
    public void answer(String line) {
        loop.execute(() -> commands.answer(line));
    }

    /**
     * Ends an IDLE (RFC 2177); nothing where none runs.
     *
     * @param patience how long the server may take to notice, whatever it tells meanwhile
     */
    public void done(Duration patience) {
        loop.execute(() -> commands.done(patience));
    }

    /** Sends some content of the command that streams; {@link CommandListener#drained} tells when there is room for more. */
    public void content(ByteBuffer octets) {
        loop.execute(() -> commands.write(octets));
    }

    /** Goes on with the command whose content has been sent. */
    public void contentEnded() {
        loop.execute(commands::contentEnded);
    }

    /** Stops reading; in the end the server must stop, too. */
    public void pause() {
        loop.execute(this::pauseNow);
    }

    /** Reads on. */
    public void resume() {
        loop.execute(() -> {
            Link link = lifetime.link();
            if (link != null) {
                commands.heard();
                link.resume();
            }
        });
    }

    /** Stops reading until {@link #resume}. Called by listeners. */
    void pauseNow() {
        Link link = lifetime.link();
        if (link != null) {
            link.pause();
        }
    }

    /**
     * Says good-bye, and ends the connection when the server has answered or {@code patience} is over, whatever else it says.
     *
     * @return ends when that is done
     */
    public CompletableFuture<Void> leave(Duration patience) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        loop.execute(() -> {
            if (commands.isEmpty() && lifetime.end() == null && lifetime.link() != null) {
                commands.begin(new Logout().command(), patience, new Leaving(lifetime, gone));
                EventLoop.Timer unused = loop.schedule(patience.toNanos(), () -> lifetime.lose(Leaving.givenUp()));
            } else {
                lifetime.lose(Leaving.givenUp());
                gone.complete(null);
            }
        });
        return gone;
    }

    /** Has something run when the connection has ended, on its I/O thread; at once where it has. */
    public void onEnd(Runnable action) {
        loop.execute(() -> lifetime.last(action));
    }

    /** Breaks the connection. */
    public void abort() {
        loop.execute(() -> lifetime.lose(Leaving.givenUp()));
    }

    /** Answers whether commands may be run: not after the end, nor after the server said goodbye. */
    public boolean isOpen() {
        return lifetime.isOpen();
    }

    /** Answers whether TLS is on, so that it is the server that speaks. */
    public boolean isSecured() {
        return opening.isSecured();
    }

    /** Returns what ended the connection, or null while it lasts. */
    public @Nullable IOException end() {
        return lifetime.end();
    }

    /** Returns what the server said last that it can do, in upper case. */
    public Set<String> capabilities() {
        return abilities.capabilities();
    }

    /** Returns how often the server has told what it can do. */
    public int capabilitiesTold() {
        return abilities.told();
    }

    /** Returns which extensions were enabled, in upper case. */
    public Set<String> enabled() {
        return abilities.enabled();
    }

    /** Returns how many responses could not be read so far. */
    public long unreadable() {
        return incoming.unreadable();
    }

    /** Returns how many octets the server has sent. */
    long heardOctets() {
        return incoming.heardOctets();
    }
}
