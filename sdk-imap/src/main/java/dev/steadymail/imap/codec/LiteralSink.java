package dev.steadymail.imap.codec;

import java.nio.ByteBuffer;

/** Takes the octets of one literal as they arrive. Called by the thread that feeds the reader. */
public interface LiteralSink {
    /** Takes a literal that nobody wants. */
    LiteralSink DISCARD = octets -> octets.position(octets.limit());

    /**
     * Takes some of the octets, by moving the buffer's position. Taking none stops the reader, and so in the end the server, until
     * {@link ResponseReader#feed} is called again. The buffer is the reader's: what is to be kept must be copied.
     */
    void accept(ByteBuffer octets);

    /** Called after the last octet, and for an empty literal at once. Not called where the connection ends before. */
    default void end() {}
}
