package dev.steadymail.imap.wire;

import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.LiteralSink;
import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.ResponseHandler;
import dev.steadymail.imap.codec.ResponseLimitException;
import dev.steadymail.imap.codec.ResponseReader;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server says, and whom it is for. Confined to the I/O thread, but for the counts. */
final class Incoming implements Link.Listener, ResponseHandler {
    private static final String OVERFLOW = "NOTIFICATIONOVERFLOW";
    private static final String OPEN_STRING = "a quoted string does not end";

    private final CodecLimits limits;
    private final Traffic traffic;
    private final Lifetime lifetime;
    private final Opening opening;
    private final Abilities abilities;
    private final CommandQueue commands;
    private final SessionLog log;
    private ResponseReader reader;
    private Consumer<Reply> unasked = reply -> {};
    private @Nullable Map<String, byte[]> contents;
    private boolean byLine;
    private volatile boolean overflown;
    private volatile long unreadable;
    private volatile long heardOctets;

    Incoming(
            CodecLimits limits,
            Traffic traffic,
            Lifetime lifetime,
            Opening opening,
            Abilities abilities,
            CommandQueue commands,
            SessionLog log) {
        this.limits = limits;
        this.traffic = traffic;
        this.lifetime = lifetime;
        this.opening = opening;
        this.abilities = abilities;
        this.commands = commands;
        this.log = log;
        this.reader = new ResponseReader(limits, this, log);
    }

    /** Returns how many responses could not be read so far. */
    long unreadable() {
        return unreadable;
    }

    /** Returns how many octets the server has sent. */
    long heardOctets() {
        return heardOctets;
    }

    @Override
    public void received(ByteBuffer octets) {
        commands.heard();
        int before = octets.remaining();
        try {
            feed(octets);
        } catch (ResponseLimitException tooLarge) {
            lifetime.lose(BrokenProtocolException.tooLarge(tooLarge));
        } finally {
            int count = before - octets.remaining();
            long heard = heardOctets + count;
            heardOctets = heard;
            traffic.countBytes(count);
            unreadable = reader.unreadable();
        }
        Consent given = opening.consent();
        if (given != null && lifetime.end() == null && given.use()) {
            beginTls();
        }
    }

    /** Answers whether the server said that it stopped to tell what happens (RFC 5465 section 5.8). */
    boolean hasOverflown() {
        return overflown;
    }

    void forgetOverflow() {
        overflown = false;
    }

    /** Hands what is said while no command runs to somebody else from now on. */
    void overhear(Consumer<Reply> each) {
        unasked = each;
    }

    /** Takes no more than a line at once, so that what follows an answer may be read in another way. */
    void byLine(boolean on) {
        byLine = on;
    }

    private void feed(ByteBuffer octets) {
        if (!byLine) {
            reader.feed(octets);
            return;
        }
        int limit = octets.limit();
        try {
            while (byLine && octets.hasRemaining()) {
                int end = octets.position();
                while (end < limit && octets.get(end) != '\n') {
                    end++;
                }
                octets.limit(Math.min(limit, end + 1));
                reader.feed(octets);
                if (octets.hasRemaining()) {
                    return;
                }
                octets.limit(limit);
            }
        } finally {
            octets.limit(limit);
        }
    }

    private void beginTls() {
        if (!reader.isBetweenResponses()) {
            lifetime.lose(injected());
            return;
        }
        abilities.forget();
        reader = new ResponseReader(limits, this, log);
        opening.secure();
    }

    private static IOException injected() {
        return BrokenProtocolException.injected("the server sent data between STARTTLS and the handshake");
    }

    @Override
    public void turnEnded() {
        Running oldest = commands.oldest();
        if (oldest != null) {
            oldest.listener.turnEnded();
        }
        reader.rest();
    }

    @Override
    public void secured() {
        opening.secured();
    }

    @Override
    public void drained() {
        commands.drained();
    }

    @Override
    public void closed(IOException cause) {
        lifetime.ended(cause);
    }

    @Override
    public LiteralSink literal(MessageRef message, String section, long size) {
        Running oldest = commands.oldest();
        if (oldest == null || !oldest.takeRoom(size)) {
            return LiteralSink.DISCARD;
        }
        return new ContentBuffer((int) size, octets -> {
            if (contents == null) {
                contents = new HashMap<>(4);
            }
            contents.put(section, octets);
        });
    }

    @Override
    public void response(Response response) {
        if (opening.consent() != null) {
            lifetime.lose(injected());
        } else if (!opening.greeting().isDone()) {
            greeted(response);
        } else if (response instanceof Response.Completed completed) {
            commands.completed(completed);
        } else if (response instanceof Response.Continuation goOn) {
            commands.goOn(goOn.text());
        } else {
            untagged(response);
        }
    }

    private void greeted(Response response) {
        if (response instanceof Response.Untagged first) {
            abilities.learn(first.said());
            opening.greeted(first);
        } else {
            lifetime.lose(BrokenProtocolException.of("the server does not greet as an IMAP server does"));
        }
    }

    private void untagged(Response response) {
        if (response instanceof Response.Capabilities told) {
            abilities.learn(told.names());
        } else if (response instanceof Response.Enabled told) {
            abilities.enable(told.names());
        } else if (response instanceof Response.Untagged status) {
            abilities.learn(status.said());
            if (OVERFLOW.equals(status.said().code())) {
                overflown = true;
            }
            heedBye(status);
        }
        Running oldest = commands.oldest();
        if (oldest != null) {
            oldest.listener.reply(reply(response));
            oldest.answered();
        } else {
            unasked.accept(Reply.of(response));
        }
        contents = null;
        if (response instanceof Response.Unreadable bad
                && bad.keyword().equals("FETCH")
                && OPEN_STRING.equals(bad.reason())) {
            // Where the string was to end nobody knows, so that what follows may be content.
            lifetime.lose(BrokenProtocolException.of("the server's answer cannot be understood"));
        }
    }

    private Reply reply(Response response) {
        Map<String, byte[]> came = contents;
        return response instanceof Response.Fetch && came != null ? new Reply(response, came) : Reply.of(response);
    }

    private void heedBye(Response.Untagged status) {
        if (status.status() == Response.Status.BYE) {
            lifetime.saidBye(status.said());
        }
    }

    /** Lets go of what came for nobody. */
    void drop() {
        contents = null;
    }
}
