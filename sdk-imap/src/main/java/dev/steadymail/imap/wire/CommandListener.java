package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.ContentSource;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;

/**
 * Hears how a command goes, on the connection's I/O thread: must be quick, must not block, and must not run code of an application.
 * The last call is either {@link #completed} or {@link #failed}.
 */
public interface CommandListener {
    /** Takes a response that arrived while the command ran. */
    void reply(Reply reply);

    /** What had arrived has been handed on; more may follow. */
    default void turnEnded() {}

    /** The server says to go on although nothing waits for that: a step of a login, or the begin of IDLE. */
    default void goOn(String text) {}

    /** The server is ready for content; it is handed over by {@link ImapSession#content} and {@link ImapSession#contentEnded}. */
    default void stream(ContentSource source, long size) {
        throw new IllegalStateException("this command has no content");
    }

    /** Room was made for more content. */
    default void drained() {}

    /** The server has answered. */
    void completed(Response.Completed answer);

    /** The connection is over, and whatever the command was to do may have been done or not. */
    void failed(IOException cause);
}
