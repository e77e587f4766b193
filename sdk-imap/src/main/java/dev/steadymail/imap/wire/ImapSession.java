package dev.steadymail.imap.wire;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.LiteralSink;
import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.ResponseHandler;
import dev.steadymail.imap.codec.ResponseLimitException;
import dev.steadymail.imap.codec.ResponseReader;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.CommandEncoder;
import dev.steadymail.imap.command.CommandEncoder.Step;
import dev.steadymail.imap.command.Logout;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
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
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final long LONGEST_AFTER_BYE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String OPEN_STRING = "a quoted string does not end";

    private final IoThreads threads;
    private final EventLoop loop;
    private final CodecLimits limits;
    private final Traffic traffic;
    private final CompletableFuture<Response.Untagged> greeting = new CompletableFuture<>();
    private final Deque<Running> running = new ArrayDeque<>(MOST_RUNNING);
    private final Incoming incoming = new Incoming();
    private ResponseReader reader;
    private @Nullable Dialer dialer;
    private @Nullable Link link;
    private @Nullable Endpoint endpoint;
    private @Nullable Map<String, byte[]> contents;
    private @Nullable Consent consent;
    private EventLoop.@Nullable Timer phase;
    private EventLoop.@Nullable Timer silence;
    private long silenceEnds;
    private long lastHeard = System.nanoTime();
    private int tags;
    private boolean handshaking;
    private boolean lost;
    private volatile @Nullable StatusText farewell;
    private @Nullable Runnable atEnd;
    private CommandEncoder encoder = new CommandEncoder(false, false, false);
    private volatile Set<String> capabilities = Set.of();
    private volatile int capabilitiesTold;
    private volatile Set<String> enabled = Set.of();
    private volatile long unreadable;
    private volatile boolean secured;
    private volatile long heardOctets;
    private volatile @Nullable IOException end;

    private ImapSession(IoThreads threads, CodecLimits limits, Traffic traffic) throws IOException {
        this.threads = threads;
        this.loop = threads.next();
        this.limits = limits;
        this.traffic = traffic;
        this.reader = new ResponseReader(limits, incoming);
    }

    /**
     * Begins a connection on one of the threads; nothing is connected yet.
     *
     * @throws IOException where the threads have ended
     */
    public static ImapSession on(IoThreads threads, CodecLimits limits, Traffic traffic) throws IOException {
        return new ImapSession(threads, limits, traffic);
    }

    /** Connects, and puts TLS on where the endpoint says so. The future ends with the greeting, or with what prevented it. */
    public CompletableFuture<Response.Untagged> connect(Endpoint to) {
        loop.execute(() -> {
            endpoint = to;
            if (end == null) {
                dialer = new Dialer(loop, to.addresses(), new Dialed());
                dialer.start(to.connect());
            }
        });
        return greeting;
    }

    /**
     * Runs STARTTLS (RFC 3501 section 6.2.1) and puts TLS on where the server agrees. What the server could do before is forgotten, and
     * a single octet that comes between its consent and the handshake ends the connection (CVE-2011-0411).
     *
     * @return the server's answer: OK once TLS is on, or its refusal
     */
    public CompletableFuture<Response.Completed> startTls(Command startTls, Duration silence) {
        CompletableFuture<Response.Completed> secured = new CompletableFuture<>();
        loop.execute(() -> begin(startTls, silence, new Consent(secured)));
        return secured;
    }

    /**
     * Runs a command.
     *
     * @param silence how long the server may say nothing; zero where it may do so for ever
     */
    public void run(Command command, Duration silence, CommandListener listener) {
        loop.execute(() -> begin(command, silence, listener));
    }

    /**
     * Runs IDLE (RFC 2177): the server may be silent once it has begun.
     *
     * @param patience how long the server may say nothing before it begins
     */
    public void idle(Duration patience, CommandListener listener) {
        loop.execute(() -> {
            begin(IDLE, patience, listener);
            running.stream().filter(each -> each.listener == listener).forEach(each -> each.idles = true);
        });
    }

    /** Runs a task on the I/O thread; it must be quick and must not block. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Answers a step of a login. */
    public void answer(String line) {
        loop.execute(() -> write(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.US_ASCII))));
    }

    /**
     * Ends an IDLE (RFC 2177); nothing where none runs.
     *
     * @param patience how long the server may take to notice, whatever it tells meanwhile
     */
    public void done(Duration patience) {
        loop.execute(() -> {
            Running idle = running.peek();
            if (idle != null && idle.idles && end == null) {
                write(ByteBuffer.wrap("DONE\r\n".getBytes(StandardCharsets.US_ASCII)));
                EventLoop.Timer unused = loop.schedule(patience.toNanos(), () -> {
                    if (running.contains(idle)) {
                        lose(new SocketTimeoutException("the server did not end IDLE"));
                    }
                });
            }
        });
    }

    /** Sends some content of the command that streams; {@link CommandListener#drained} tells when there is room for more. */
    public void content(ByteBuffer octets) {
        loop.execute(() -> write(octets));
    }

    /** Goes on with the command whose content has been sent. */
    public void contentEnded() {
        loop.execute(() -> {
            for (Running each : running) {
                if (each.streams) {
                    each.streams = false;
                    sendOn();
                    return;
                }
            }
        });
    }

    /** Stops reading; in the end the server must stop, too. */
    public void pause() {
        loop.execute(() -> {
            if (link != null) {
                link.pause();
            }
        });
    }

    /** Reads on. */
    public void resume() {
        loop.execute(() -> {
            if (link != null) {
                lastHeard = System.nanoTime();
                link.resume();
            }
        });
    }

    /** Stops reading until {@link #resume}. Called by listeners. */
    void pauseNow() {
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
            if (running.isEmpty() && end == null && link != null) {
                begin(new Logout().command(), patience, new Leaving(gone));
                EventLoop.Timer unused = loop.schedule(patience.toNanos(), () -> lose(givenUp()));
            } else {
                lose(givenUp());
                gone.complete(null);
            }
        });
        return gone;
    }

    private static IOException givenUp() {
        return new IOException("the connection was given up");
    }

    /** Has something run when the connection has ended, on its I/O thread; at once where it has. */
    public void onEnd(Runnable action) {
        loop.execute(() -> {
            if (lost) {
                action.run();
            } else {
                atEnd = action;
            }
        });
    }

    /** Breaks the connection. */
    public void abort() {
        loop.execute(() -> lose(givenUp()));
    }

    /** Answers whether commands may be run: not after the end, nor after the server said goodbye. */
    public boolean isOpen() {
        return end == null && farewell == null;
    }

    /** Answers whether TLS is on, so that it is the server that speaks. */
    public boolean isSecured() {
        return secured;
    }

    /** Returns what ended the connection, or null while it lasts. */
    public @Nullable IOException end() {
        return end;
    }

    /** Returns what the server said last that it can do, in upper case. */
    public Set<String> capabilities() {
        return capabilities;
    }

    /** Returns how often the server has told what it can do. */
    public int capabilitiesTold() {
        return capabilitiesTold;
    }

    /** Returns which extensions were enabled, in upper case. */
    public Set<String> enabled() {
        return enabled;
    }

    /** Returns how many responses could not be read so far. */
    public long unreadable() {
        return unreadable;
    }

    /** Returns how many octets the server has sent. */
    long heardOctets() {
        return heardOctets;
    }

    private void begin(Command command, Duration silence, CommandListener listener) {
        IOException over = end;
        if (over != null || link == null) {
            listener.failed(over != null ? over : new IOException("the connection is not there yet"));
            return;
        }
        if (running.size() == MOST_RUNNING) {
            // Thrown, it would reach nobody, and whoever waits for the command would wait for ever.
            listener.failed(new IOException("more than " + MOST_RUNNING + " commands at a time"));
            return;
        }
        String tag = "A" + ++tags;
        running.add(new Running(tag, listener, encoder.encode(tag, command), silence.toNanos(), command.room()));
        traffic.countRequests(1);
        if (running.size() == 1) {
            lastHeard = System.nanoTime();
        }
        watchSilence();
        sendOn();
    }

    /** Sends what may be sent: the commands in their order, each as far as the server agreed to. */
    private void sendOn() {
        for (Running each : running) {
            while (end == null && !each.isSent() && !each.awaitsConsent && !each.streams) {
                send(each, each.takeStep());
            }
            if (end != null || !each.isSent()) {
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

    private void write(ByteBuffer octets) {
        Link to = link;
        if (to != null && end == null) {
            traffic.countBytes(octets.remaining());
            to.write(octets);
        }
    }

    /** One timer, which may ring too soon and is wound again then, but never too late. */
    private void watchSilence() {
        Running oldest = running.peek();
        if (oldest == null || oldest.silenceNanos == 0 || end != null) {
            return;
        }
        long ends = lastHeard + oldest.silenceNanos;
        if (silence != null) {
            if (ends - silenceEnds >= 0) {
                return;
            }
            // What is watched for an earlier command would come too late for this one.
            silence.cancel();
        }
        silenceEnds = ends;
        silence = loop.schedule(Math.max(0, ends - System.nanoTime()), this::checkSilence);
    }

    private void checkSilence() {
        silence = null;
        Running oldest = running.peek();
        boolean waits = oldest != null && oldest.silenceNanos > 0 && (link == null || !link.isPaused());
        if (waits && System.nanoTime() - lastHeard >= oldest.silenceNanos) {
            lose(new SocketTimeoutException("the server fell silent"));
        } else if (!waits && oldest != null && oldest.silenceNanos > 0) {
            lastHeard = System.nanoTime();
        }
        watchSilence();
    }

    private void limitPhase(Duration limit, String what) {
        endPhase();
        phase = loop.schedule(
                limit.toNanos(),
                () -> lose(new SocketTimeoutException(what + " took longer than " + limit.toMillis() + " ms")));
    }

    private void endPhase() {
        if (phase != null) {
            phase.cancel();
            phase = null;
        }
    }

    private SSLEngine engine(Endpoint to) throws NoSuchAlgorithmException {
        SSLContext context = to.trust() != null ? to.trust() : SSLContext.getDefault();
        SSLEngine engine =
                context.createSSLEngine(to.host(), to.addresses().get(0).getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(TLS_VERSIONS);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private void secure(Endpoint to) {
        Link over = link;
        if (over == null) {
            return;
        }
        try {
            handshaking = true;
            limitPhase(to.handshake(), "the TLS handshake");
            over.secure(engine(to), threads.handshakes());
        } catch (NoSuchAlgorithmException | RuntimeException missing) {
            lose(new IOException("this Java runtime cannot set up TLS", missing));
        }
    }

    private void lose(IOException cause) {
        if (link != null) {
            link.close(cause);
        } else if (dialer != null) {
            dialer.cancel();
        }
        ended(cause);
    }

    private void ended(IOException cause) {
        if (lost) {
            return;
        }
        lost = true;
        StatusText said = farewell;
        IOException why = handshaking ? new HandshakeException(cause) : cause;
        IOException told = said == null ? why : new FarewellException(said, cause);
        end = told;
        endPhase();
        if (silence != null) {
            silence.cancel();
        }
        greeting.completeExceptionally(told);
        if (consent != null) {
            consent.failed(told);
        }
        if (silence != null) {
            silence.cancel();
        }
        contents = null;
        try {
            while (!running.isEmpty()) {
                running.remove().listener.failed(told);
            }
        } finally {
            Runnable last = atEnd;
            if (last != null) {
                last.run();
            }
        }
    }

    private void learn(List<String> names) {
        Set<String> known = new LinkedHashSet<>();
        names.forEach(name -> known.add(name.toUpperCase(Locale.ROOT)));
        capabilities = threads.shared(Set.copyOf(known));
        int before = capabilitiesTold;
        capabilitiesTold = before + 1;
        renewEncoder();
    }

    /** RFC 5161 section 3.2: the server tells what this ENABLE enabled; what an earlier one did stays. */
    private void enable(List<String> names) {
        Set<String> all = new LinkedHashSet<>(enabled);
        names.forEach(name -> all.add(name.toUpperCase(Locale.ROOT)));
        enabled = Set.copyOf(all);
        renewEncoder();
    }

    private void renewEncoder() {
        encoder = new CommandEncoder(
                capabilities.contains("LITERAL+"), capabilities.contains("LITERAL-"), enabled.contains("UTF8=ACCEPT"));
    }

    private void learn(StatusText said) {
        if ("CAPABILITY".equals(said.code())) {
            learn(List.of(said.arguments().split(" +")));
        }
    }

    /** What becomes of the channel. */
    private final class Dialed implements Dialer.Listener {
        @Override
        public void connected(SelectionKey key) {
            dialer = null;
            Endpoint to = Objects.requireNonNull(endpoint);
            link = new Link(loop, key, incoming);
            if (to.implicitTls()) {
                secure(to);
            } else {
                limitPhase(to.greeting(), "the greeting");
            }
        }

        @Override
        public void failed(IOException cause) {
            dialer = null;
            ended(new UnreachableException(cause));
        }
    }

    /** Nobody waits for the answer. */
    private final class Leaving implements CommandListener {
        private final CompletableFuture<Void> gone;

        Leaving(CompletableFuture<Void> gone) {
            this.gone = gone;
        }

        @Override
        public void reply(Reply reply) {
            // It does not matter any more.
        }

        @Override
        public void completed(Response.Completed answer) {
            lose(givenUp());
            gone.complete(null);
        }

        @Override
        public void failed(IOException cause) {
            gone.complete(null);
        }
    }

    /** The answer to STARTTLS. */
    private final class Consent implements CommandListener {
        private final CompletableFuture<Response.Completed> secured;
        private Response.@Nullable Completed answer;
        private boolean used;

        Consent(CompletableFuture<Response.Completed> secured) {
            this.secured = secured;
        }

        @Override
        public void reply(Reply reply) {
            // What is said in plain text is not believed.
        }

        @Override
        public void completed(Response.Completed completed) {
            answer = completed;
            if (completed.status() == Response.Status.OK) {
                consent = this;
            } else {
                secured.complete(completed);
            }
        }

        void secured() {
            secured.complete(answer);
        }

        @Override
        public void failed(IOException cause) {
            secured.completeExceptionally(cause);
        }
    }

    /** What the server says. */
    private final class Incoming implements Link.Listener, ResponseHandler {
        @Override
        public void received(ByteBuffer octets) {
            lastHeard = System.nanoTime();
            int before = octets.remaining();
            try {
                reader.feed(octets);
            } catch (ResponseLimitException tooLarge) {
                lose(BrokenProtocolException.tooLarge(tooLarge));
            } finally {
                int count = before - octets.remaining();
                long heard = heardOctets + count;
                heardOctets = heard;
                traffic.countBytes(count);
                unreadable = reader.unreadable();
            }
            Consent given = consent;
            if (given != null && !given.used && end == null) {
                beginTls(given);
            }
        }

        private void beginTls(Consent given) {
            if (!reader.isBetweenResponses()) {
                lose(injected());
                return;
            }
            given.used = true;
            capabilities = Set.of();
            enabled = Set.of();
            renewEncoder();
            reader = new ResponseReader(limits, this);
            secure(Objects.requireNonNull(endpoint));
        }

        private static IOException injected() {
            return BrokenProtocolException.injected("the server sent data between STARTTLS and the handshake");
        }

        @Override
        public void turnEnded() {
            Running oldest = running.peek();
            if (oldest != null) {
                oldest.listener.turnEnded();
            }
            reader.rest();
        }

        @Override
        public void secured() {
            endPhase();
            handshaking = false;
            secured = true;
            Consent given = consent;
            if (given != null) {
                consent = null;
                given.secured();
            } else {
                limitPhase(Objects.requireNonNull(endpoint).greeting(), "the greeting");
            }
        }

        @Override
        public void drained() {
            lastHeard = System.nanoTime();
            for (Running each : running) {
                if (each.streams) {
                    each.listener.drained();
                }
            }
        }

        @Override
        public void closed(IOException cause) {
            ended(cause);
        }

        @Override
        public LiteralSink literal(MessageRef message, String section, long size) {
            Running oldest = running.peek();
            if (oldest == null || size > oldest.room) {
                return LiteralSink.DISCARD;
            }
            oldest.room -= size;
            return new ContentBuffer((int) size, octets -> {
                if (contents == null) {
                    contents = new HashMap<>(4);
                }
                contents.put(section, octets);
            });
        }

        @Override
        public void response(Response response) {
            if (consent != null) {
                lose(injected());
            } else if (!greeting.isDone()) {
                greeted(response);
            } else if (response instanceof Response.Completed completed) {
                completed(completed);
            } else if (response instanceof Response.Continuation goOn) {
                goOn(goOn.text());
            } else {
                untagged(response);
            }
        }

        private void greeted(Response response) {
            endPhase();
            if (response instanceof Response.Untagged first) {
                learn(first.said());
                greeting.complete(first);
                // Where TLS was first it is not asked for again.
                endpoint = endpoint != null && endpoint.implicitTls() ? null : endpoint;
            } else {
                lose(BrokenProtocolException.of("the server does not greet as an IMAP server does"));
            }
        }

        private void untagged(Response response) {
            if (response instanceof Response.Capabilities told) {
                learn(told.names());
            } else if (response instanceof Response.Enabled told) {
                enable(told.names());
            } else if (response instanceof Response.Untagged status) {
                learn(status.said());
                heedBye(status);
            }
            Running oldest = running.peek();
            if (oldest != null) {
                oldest.listener.reply(reply(response));
            }
            contents = null;
            if (response instanceof Response.Unreadable bad && OPEN_STRING.equals(bad.reason())) {
                // Where the string was to end nobody knows, so that what follows may be content.
                lose(BrokenProtocolException.of("the server's answer cannot be understood"));
            }
        }

        private Reply reply(Response response) {
            Map<String, byte[]> came = contents;
            return response instanceof Response.Fetch && came != null ? new Reply(response, came) : Reply.of(response);
        }

        /** A server that says goodbye and stays is helped to go. */
        private void heedBye(Response.Untagged status) {
            if (status.status() == Response.Status.BYE && farewell == null) {
                farewell = status.said();
                EventLoop.Timer unused =
                        loop.schedule(LONGEST_AFTER_BYE_NANOS, () -> lose(new IOException("the server said goodbye")));
            }
        }

        private void completed(Response.Completed answer) {
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
            if (command.idles) {
                endPhase();
            }
            learn(answer.said());
            command.listener.completed(answer);
            lastHeard = System.nanoTime();
            if (command.streams) {
                // The server still takes what is sent next for content.
                lose(BrokenProtocolException.of("the server answered before it had all of the content"));
            }
            watchSilence();
            sendOn();
        }

        private void goOn(String text) {
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
    }
}
