package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * ENABLE (RFC 5161), not while a mailbox is selected. The result is what was enabled by it, in upper case: less than was asked for where
 * the server lacks something or had it enabled before.
 */
public final class Enable implements Exchange<Set<String>> {
    private final List<String> capabilities;
    private final Set<String> enabled = new LinkedHashSet<>();

    /** Asks for capabilities, {@code QRESYNC} or {@code UTF8=ACCEPT} for example; one at least. */
    public Enable(List<String> capabilities) {
        this.capabilities = List.copyOf(capabilities);
    }

    @Override
    public Command command() {
        return Command.named("ENABLE").words(String.join(" ", capabilities));
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.Enabled told) {
            enabled.addAll(told.names());
        }
    }

    @Override
    public Set<String> result(StatusText completed) {
        return Set.copyOf(enabled);
    }
}
