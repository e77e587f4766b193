package dev.steadymail.imap.codec;

import java.util.function.IntPredicate;

/** Sees the octets of responses, for a log. Called by the thread that feeds the reader; must not block. */
public interface ResponseTap {
    /** Answers whether it wants to see any now. */
    boolean isOn();

    /**
     * Takes a response, or how one began that was too long. The array is the reader's, and used again.
     *
     * @param length how many octets of it
     * @param streamed answers whether the octets of the literal that was announced just before a place were handed on elsewhere
     */
    void heard(byte[] octets, int length, IntPredicate streamed);
}
