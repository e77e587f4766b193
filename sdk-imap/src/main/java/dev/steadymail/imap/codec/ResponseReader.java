package dev.steadymail.imap.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server sends, in whatever pieces it arrives, and hands on typed responses. What cannot be read is skipped whole, handed
 * on as {@link Response.Unreadable} and counted; nothing is lost in silence. Does no I/O and starts no thread. Not thread-safe.
 */
public final class ResponseReader {
    private static final MessageRef UNKNOWN = new MessageRef(0, 0);
    /** Servers tell the UID first; who hides it behind many sections must not have all read again for each of them. */
    private static final int MOST_LOOKS = 4;

    private final CodecLimits limits;
    private final ResponseHandler handler;
    private final @Nullable ResponseTap tap;
    private final ResponseFramer framer;
    /** Used for one response after another. */
    private final Values values = new Values();

    private long unreadable;

    public ResponseReader(CodecLimits limits, ResponseHandler handler) {
        this(limits, handler, null);
    }

    /**
     * Makes a reader.
     *
     * @param tap sees the octets of each response before they are read, or null
     */
    public ResponseReader(CodecLimits limits, ResponseHandler handler, @Nullable ResponseTap tap) {
        this.limits = limits;
        this.handler = handler;
        this.tap = tap;
        this.framer = new ResponseFramer(limits, new Frames());
    }

    /**
     * Takes octets: all of them, or as many as the sink of a literal takes.
     *
     * @throws ResponseLimitException where a literal is announced that is over its limit; the connection cannot go on
     */
    public void feed(ByteBuffer octets) {
        framer.feed(octets);
    }

    /** Answers whether all that was fed so far is complete responses: whether the connection may end here without a loss. */
    public boolean isBetweenResponses() {
        return framer.isBetweenResponses();
    }

    /** Lets go of buffers where nothing is under way: called when nothing more is expected for now. */
    public void rest() {
        framer.rest();
    }

    /** Returns how many responses could not be read so far. */
    public long unreadable() {
        return unreadable;
    }

    private void tapped(Frame frame) {
        if (tap != null && tap.isOn()) {
            tap.heard(frame.octets, frame.length, frame::isStreamed);
        }
    }

    private void report(Frame frame, String reason) {
        unreadable++;
        MessageRef message = new ResponseParser(frame, limits, values).message();
        values.clear();
        handler.response(Outline.of(frame, message, reason));
    }

    /** Turns frames into responses. */
    private final class Frames implements ResponseFramer.Target {
        /** What is known of the message whose response has begun. */
        private MessageRef begun = UNKNOWN;

        private int looks;

        @Override
        public void complete(Frame frame) {
            forget();
            tapped(frame);
            Response response = null;
            try {
                response = new ResponseParser(frame, limits, values).parse();
            } catch (UnreadableException malformed) {
                report(frame, String.valueOf(malformed.getMessage()));
            }
            values.clear();
            if (response != null) {
                handler.response(response);
            }
        }

        @Override
        public void skipped(Frame frame, int limit) {
            forget();
            tapped(frame);
            report(frame, "longer than " + limit + " octets");
        }

        @Override
        public LiteralSink literal(Frame soFar, String section, long size) {
            if (begun.uid() == 0 && looks < MOST_LOOKS) {
                looks++;
                MessageRef message = new ResponseParser(soFar, limits, values).message();
                values.clear();
                begun = message == null ? UNKNOWN : message;
            }
            return handler.literal(begun, section, size);
        }

        private void forget() {
            begun = UNKNOWN;
            looks = 0;
        }
    }
}
