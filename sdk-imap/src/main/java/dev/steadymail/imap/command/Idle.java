package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.function.Consumer;

/**
 * IDLE (RFC 2177): the server tells what changes in the selected mailbox until it is told to stop. It says {@code +} when it has begun;
 * then {@link #DONE} on a line of its own ends the command, and nothing else may be sent. What comes before the {@code +}, and between DONE
 * and the completion, counts as well.
 */
public final class Idle implements Exchange<StatusText> {
    /** The line that ends IDLE, CRLF included. */
    public static final String DONE = "DONE\r\n";

    private final Consumer<Reply> each;

    /** Takes whatever arrives meanwhile; {@link News#of} tells what it means. */
    public Idle(Consumer<Reply> each) {
        this.each = each;
    }

    /** What a response means that nobody asked for. */
    public enum News {
        /** The number of messages was told; whether one arrived, the number before tells. */
        COUNT,
        /** Messages are gone. */
        GONE,
        /** A message's flags, or a new message's items with NOTIFY. */
        MESSAGE,
        /** Counters of another mailbox, or a mailbox that came, went or was renamed (RFC 5465). */
        MAILBOX,
        /** With NOTIFY: the server could not keep up and has stopped to tell; all is to be looked at again (RFC 5465 section 5.8). */
        OVERFLOW,
        /** The server is about to close the connection. */
        FAREWELL,
        /** Something that could not be read: what it was about is to be asked for. */
        UNREADABLE,
        /** No news, but a sign of life: {@code * OK Still here} for example. */
        NONE;

        /** Returns what a response means. */
        public static News of(Response response) {
            if (response instanceof Response.Exists) {
                return COUNT;
            }
            if (response instanceof Response.Expunge || response instanceof Response.Vanished) {
                return GONE;
            }
            if (response instanceof Response.Fetch) {
                return MESSAGE;
            }
            if (response instanceof Response.MailboxStatus || response instanceof Response.Listed) {
                return MAILBOX;
            }
            if (response instanceof Response.Unreadable) {
                return UNREADABLE;
            }
            return response instanceof Response.Untagged status ? of(status) : NONE;
        }

        private static News of(Response.Untagged status) {
            if (status.status() == Response.Status.BYE) {
                return FAREWELL;
            }
            return "NOTIFICATIONOVERFLOW".equals(status.said().code()) ? OVERFLOW : NONE;
        }
    }

    @Override
    public Command command() {
        return Command.named("IDLE");
    }

    @Override
    public void observe(Reply reply) {
        each.accept(reply);
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
