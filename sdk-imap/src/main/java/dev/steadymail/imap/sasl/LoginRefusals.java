package dev.steadymail.imap.sasl;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a server has refused an account's login: providers lock accounts whose password is tried too often. Thread-safe. */
public final class LoginRefusals {
    private static final int MOST = 3;

    private final AtomicInteger refusals = new AtomicInteger();

    /**
     * Makes sure that a login may be tried, before anything is opened. A token is asked for: where the owner must log in again nothing is
     * opened, and no server waits for a login while a token is refreshed.
     *
     * @throws MailException REAUTH_REQUIRED after three refusals without a login that was accepted
     */
    public void requireUsable(Credentials credentials, Deadline deadline) {
        if (refusals.get() >= MOST) {
            throw MailException.of(
                    Kind.REAUTH_REQUIRED,
                    "the server refused the login " + MOST
                            + " times, and it is not tried again; open the account anew with other credentials");
        }
        if (credentials instanceof Credentials.Bearer bearer) {
            AccessToken unused = bearer.tokens().token(deadline);
        }
    }

    /** A login was accepted. */
    public void forget() {
        refusals.set(0);
    }

    /** A login was refused. */
    public void count() {
        refusals.incrementAndGet();
    }
}
