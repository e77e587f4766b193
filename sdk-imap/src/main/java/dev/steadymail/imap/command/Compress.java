package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** COMPRESS DEFLATE (RFC 4978): what follows the completion is compressed, both ways. */
public final class Compress implements Exchange<StatusText> {

    @Override
    public Command command() {
        return Command.named("COMPRESS").words("DEFLATE");
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
