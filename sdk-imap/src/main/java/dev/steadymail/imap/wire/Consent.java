package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to STARTTLS (RFC 3501 section 6.2.1). Confined to the I/O thread. */
final class Consent implements CommandListener {
    private final CompletableFuture<Response.Completed> secured;
    private final Consumer<Consent> given;
    private Response.@Nullable Completed answer;
    private boolean used;

    /**
     * Waits for the answer.
     *
     * @param secured ends with OK once TLS is on, or with the refusal
     * @param given hears of OK
     */
    Consent(CompletableFuture<Response.Completed> secured, Consumer<Consent> given) {
        this.secured = secured;
        this.given = given;
    }

    /** Answers whether this is the first time it is asked. */
    boolean use() {
        boolean first = !used;
        used = true;
        return first;
    }

    void secured() {
        secured.complete(answer);
    }

    @Override
    public void reply(Reply reply) {
        // What is said in plain text is not believed.
    }

    @Override
    public void completed(Response.Completed completed) {
        answer = completed;
        if (completed.status() == Response.Status.OK) {
            given.accept(this);
        } else {
            secured.complete(completed);
        }
    }

    @Override
    public void failed(IOException cause) {
        secured.completeExceptionally(cause);
    }
}
