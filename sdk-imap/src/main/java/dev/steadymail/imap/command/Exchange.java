package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/**
 * A command and what it brings: says what to send, takes what arrives while it runs, and tells the result. Used for one run, by one
 * thread at a time.
 *
 * @param <T> what the command tells
 */
public interface Exchange<T> {
    /** Returns what to send. */
    Command command();

    /**
     * Takes a response that arrived before the command completed, in the server's order. Anything may arrive that has nothing to do
     * with the command (RFC 3501 section 7); it is to be ignored.
     */
    default void observe(Reply reply) {}

    /** Returns what was told, once the command has completed with OK. */
    T result(StatusText completed);
}
