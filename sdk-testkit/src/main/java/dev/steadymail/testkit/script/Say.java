package dev.steadymail.testkit.script;

import java.util.List;

/**
 * The server sends text, as one write if it fits in 8 KiB and nothing else is asked for.
 *
 * @param repeats how often all pieces are sent, unless the client goes before
 * @param drip whether each octet is a write of its own
 */
record Say(List<Piece> pieces, long repeats, boolean drip) implements Step {

    /** Where a response without an end has one, in octets. */
    static final long ENDLESS_OCTETS = 1L << 30;

    /** The number of repeats of a response without an end. */
    static final long ENDLESS = Long.MAX_VALUE;

    /** A part of the text that may depend on what the client has sent. */
    interface Piece {
        void say(WireOutput out, Remembered memory) throws OffScriptException;
    }

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        WireOutput out = conversation.wire().out();
        out.drip(drip);
        long end = repeats == ENDLESS ? out.written() + ENDLESS_OCTETS : Long.MAX_VALUE;
        for (long i = 0; i < repeats && out.written() < end && !out.isBroken(); i++) {
            for (Piece piece : pieces) {
                piece.say(out, conversation.memory());
            }
        }
        out.flush();
    }
}
