package dev.steadymail.oauth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One login by browser on this machine (RFC 8252 section 7.3): show {@link #url}, then {@link #await}. It listens on 127.0.0.1, on a port
 * that the system chooses, for one redirect with the right path and state; what else comes to the port is refused and does not end the
 * login. Thread-safe; {@link #close} ends a running {@link #await}.
 */
public final class LoopbackLogin implements AutoCloseable {
    /** The path of the redirect: register {@code http://127.0.0.1/callback}, or {@code http://localhost/callback} for Microsoft. */
    public static final String PATH = "/callback";

    private final LoopbackListener listener;
    private final AuthorizationRequest request;

    private LoopbackLogin(LoopbackListener listener, AuthorizationRequest request) {
        this.listener = listener;
        this.request = request;
    }

    static LoopbackLogin start(OAuthClient client, @Nullable String loginHint) {
        try {
            LoopbackListener listener = LoopbackListener.open(client.server().loopbackHost(), PATH);
            URI redirect = URI.create("http://" + listener.authority() + PATH);
            return new LoopbackLogin(listener, client.authorize(redirect, loginHint));
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.UNSUPPORTED, "nothing can listen on 127.0.0.1 here; log in by device code instead", failure);
        }
    }

    /** Returns the page where the account's owner logs in and agrees, in a browser on this machine. */
    public URI url() {
        return request.url();
    }

    /**
     * Waits for the redirect and trades its code for tokens. The port is closed before the trade.
     *
     * @throws MailException FORBIDDEN where consent was refused or is not complete, DEADLINE where nobody logged in in time, CANCELLED
     *     where the thread was interrupted or this was closed
     */
    public OAuthGrant await(Deadline deadline) {
        String query;
        try (listener) {
            query = listener.await(request::isAnsweredBy, deadline);
        }
        return request.redeem(query, deadline);
    }

    /** Stops listening. Harmless when repeated. */
    @Override
    public void close() {
        listener.close();
    }

    @Override
    public String toString() {
        return "LoopbackLogin[hidden]";
    }
}
