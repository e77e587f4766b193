package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The answer to LOGOUT, which nobody waits for but to close. */
final class Leaving implements CommandListener {
    private final Lifetime lifetime;
    private final CompletableFuture<Void> gone;

    Leaving(Lifetime lifetime, CompletableFuture<Void> gone) {
        this.lifetime = lifetime;
        this.gone = gone;
    }

    /** Returns the cause of an end that was wanted here. */
    static IOException givenUp() {
        return new IOException("the connection was given up");
    }

    @Override
    public void reply(Reply reply) {
        // It does not matter any more.
    }

    @Override
    public void completed(Response.Completed answer) {
        lifetime.lose(givenUp());
        gone.complete(null);
    }

    @Override
    public void failed(IOException cause) {
        gone.complete(null);
    }
}
