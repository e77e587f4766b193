package dev.steadymail.imap.codec;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of each response, whatever pieces it arrives in: collects lines and the literals that stand for strings, hands
 * on those that are a message's content, and skips what is too long. Not thread-safe.
 */
final class ResponseFramer {
    /** What becomes of what was found. */
    interface Target {
        /** Takes a complete response; the frame is used again afterwards. */
        void complete(Frame frame);

        /** Says that a response was too long and has been skipped; the frame holds how it began. */
        void skipped(Frame frame, int limit);

        /** Says who takes the literal that follows. */
        LiteralSink literal(Frame soFar, String section, long size);
    }

    private static final int TAIL = 32;

    private final CodecLimits limits;
    private final Target target;
    private final Frame frame = new Frame();
    /** While a response is skipped: the end of the line that is skipped, to see what it announces. */
    private @Nullable Frame tail;

    private @Nullable LineHead head;
    private @Nullable LiteralSink sink;
    private long literalLeft;
    private boolean inLiteral;
    /** Where in the frame the line began that is read now: behind the last literal. */
    private int lineStart;

    private boolean broken;

    ResponseFramer(CodecLimits limits, Target target) {
        this.limits = limits;
        this.target = target;
    }

    /** Takes octets until there are none left or a sink takes none. After an exception nothing can be said of what follows. */
    void feed(ByteBuffer in) {
        if (broken) {
            throw new IllegalStateException("an earlier call failed; the connection cannot go on");
        }
        broken = true;
        boolean goesOn = true;
        while (goesOn && in.hasRemaining()) {
            if (inLiteral) {
                goesOn = literal(in);
            } else {
                line(in);
            }
        }
        broken = false;
    }

    void rest() {
        if (isBetweenResponses()) {
            frame.release();
        }
    }

    /** Answers whether nothing of a response has arrived yet. */
    boolean isBetweenResponses() {
        return frame.length == 0 && tail == null && !inLiteral;
    }

    private void line(ByteBuffer in) {
        int from = in.position();
        int at = endOfLine(in);
        boolean ended = at < in.limit();
        take(in, (ended ? at + 1 : at) - from);
        if (ended) {
            endOfLine();
        }
    }

    /** Returns where the next line feed is, or the limit where there is none. */
    private static int endOfLine(ByteBuffer in) {
        int to = in.limit();
        int at = in.position();
        if (!in.hasArray()) {
            while (at < to && in.get(at) != '\n') {
                at++;
            }
            return at;
        }
        // The same, without what each call on a buffer costs.
        byte[] octets = in.array();
        int offset = in.arrayOffset();
        while (at < to && octets[offset + at] != '\n') {
            at++;
        }
        return at;
    }

    /** What is kept of a response that is too long does not depend on the pieces it arrives in. */
    private void take(ByteBuffer in, int count) {
        int left = count;
        if (tail == null) {
            int toHead = Math.min(left, Math.max(0, LineHead.LONGEST - frame.length));
            frame.append(in, toHead);
            left -= toHead;
            int kept = left == 0 ? 0 : Math.min(left, room());
            frame.append(in, kept);
            left -= kept;
        }
        if (left > 0) {
            skip(in, left);
        }
    }

    private void skip(ByteBuffer in, int count) {
        Frame skipped = tail;
        if (skipped == null) {
            skipped = new Frame();
            tail = skipped;
            skipped.appendEnd(frame, Math.min(TAIL, frame.length - lineStart));
        }
        int last = Math.min(count, TAIL);
        in.position(in.position() + count - last);
        skipped.keepEnd(TAIL);
        skipped.append(in, last);
    }

    /** Returns how many octets more there may be of this response. Not asked before its kind can be told. */
    private int room() {
        return head().limit(limits) - frame.length;
    }

    private LineHead head() {
        LineHead known = head;
        if (known == null) {
            known = LineHead.of(frame);
            head = known;
        }
        return known;
    }

    private void endOfLine() {
        Frame skipped = tail;
        long size = skipped == null ? Announcement.sizeAt(frame, lineStart) : Announcement.sizeAt(skipped, 0);
        if (size < 0 || head() == LineHead.STATUS) {
            endOfResponse();
            return;
        }
        if (size > limits.maxLiteral()) {
            throw new ResponseLimitException(
                    "the server announced a literal of more than " + limits.maxLiteral() + " octets");
        }
        begin(size);
    }

    private void begin(long size) {
        String section = tail == null && head() == LineHead.FETCH ? Announcement.sectionAt(frame, lineStart) : null;
        literalLeft = size;
        inLiteral = true;
        if (tail != null) {
            tail.length = 0;
            sink = LiteralSink.DISCARD;
        } else if (section != null) {
            frame.markStreamed();
            sink = Objects.requireNonNull(target.literal(frame, section, size), "a handler must name a sink");
        } else if (literalLeft > room()) {
            tail = new Frame();
            sink = LiteralSink.DISCARD;
        }
        if (literalLeft == 0) {
            endOfLiteral();
        }
    }

    /** Answers whether the literal got on. */
    private boolean literal(ByteBuffer in) {
        int some = (int) Math.min(literalLeft, in.remaining());
        LiteralSink to = sink;
        if (to == null) {
            take(in, some);
        } else {
            int limit = in.limit();
            int before = in.position();
            in.limit(before + some);
            try {
                to.accept(in);
            } finally {
                some = in.position() - before;
                in.limit(limit);
            }
        }
        literalLeft -= some;
        if (literalLeft == 0) {
            endOfLiteral();
        }
        return some > 0;
    }

    private void endOfLiteral() {
        LiteralSink done = sink;
        inLiteral = false;
        sink = null;
        lineStart = frame.length;
        if (done != null) {
            done.end();
        }
    }

    private void endOfResponse() {
        boolean skipped = tail != null;
        int limit = head().limit(limits);
        tail = null;
        head = null;
        lineStart = 0;
        try {
            if (skipped) {
                target.skipped(frame, limit);
            } else {
                target.complete(frame);
            }
        } finally {
            frame.clear();
        }
    }
}
