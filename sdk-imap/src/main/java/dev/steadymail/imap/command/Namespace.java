package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import org.jspecify.annotations.Nullable;

/** NAMESPACE (RFC 2342): the prefixes of one's own, other people's and shared mailboxes. */
public final class Namespace implements Exchange<Response.Namespaces> {
    private Response.@Nullable Namespaces namespaces;

    @Override
    public Command command() {
        return Command.named("NAMESPACE");
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.Namespaces told) {
            namespaces = told;
        }
    }

    /**
     * Returns the namespaces.
     *
     * @throws NoAnswerException where the server told none
     */
    @Override
    public Response.Namespaces result(StatusText completed) {
        Response.Namespaces told = namespaces;
        if (told == null) {
            throw new NoAnswerException("NAMESPACE");
        }
        return told;
    }
}
