package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** How a command went that no thread waits for. */
final class Outcome implements CommandListener {
    final CompletableFuture<Response.Completed> end = new CompletableFuture<>();
    final CompletableFuture<String> begun = new CompletableFuture<>();

    @Override
    public void reply(Reply reply) {
        // Tests of this look at the end only.
    }

    @Override
    public void goOn(String text) {
        begun.complete(text);
    }

    @Override
    public void completed(Response.Completed answer) {
        end.complete(answer);
    }

    @Override
    public void failed(IOException cause) {
        end.completeExceptionally(cause);
    }
}
