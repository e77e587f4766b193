package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The answer to COMPRESS (RFC 4978 section 3): what follows OK is compressed, from the first octet. Confined to the I/O thread. */
final class Compressing implements CommandListener {
    private final Lifetime lifetime;
    private final Incoming incoming;
    private final CompletableFuture<Response.Completed> agreed;

    Compressing(Lifetime lifetime, Incoming incoming, CompletableFuture<Response.Completed> agreed) {
        this.lifetime = lifetime;
        this.incoming = incoming;
        this.agreed = agreed;
        incoming.byLine(true);
    }

    @Override
    public void reply(Reply reply) {
        // The answer says it all.
    }

    @Override
    public void completed(Response.Completed answer) {
        Link link = lifetime.link();
        if (answer.status() == Response.Status.OK && link != null) {
            link.compress();
        }
        incoming.byLine(false);
        agreed.complete(answer);
    }

    @Override
    public void failed(IOException cause) {
        incoming.byLine(false);
        agreed.completeExceptionally(cause);
    }
}
