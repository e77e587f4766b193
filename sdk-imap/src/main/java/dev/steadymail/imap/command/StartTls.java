package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/**
 * STARTTLS (RFC 3501 section 6.2.1). Once it has completed, nothing that was said before may be trusted, and what arrived behind it in
 * plain text is an attack.
 */
public final class StartTls implements Exchange<StatusText> {

    @Override
    public Command command() {
        return Command.named("STARTTLS");
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
