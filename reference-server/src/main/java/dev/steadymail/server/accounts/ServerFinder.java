package dev.steadymail.server.accounts;

import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where the mail of an address may be. Thread-safe. */
public interface ServerFinder {
    /**
     * Returns places, the likeliest first; none of them in a network or at a port that is not allowed. Takes some seconds at most.
     *
     * @throws dev.steadymail.server.web.ApiException where the text is no address
     */
    List<Found> find(String email);

    /**
     * One place.
     *
     * @param url where mail is read
     * @param smtp where mail is sent, or null
     * @param takesPassword whether a password gets in there at all
     * @param isTrusted whether a secret may go there without anybody having looked at the name
     * @param hint what the provider asks for, or null
     */
    record Found(
            ImapUrl url,
            @Nullable SmtpPlace smtp,
            boolean takesPassword,
            boolean isTrusted,
            @Nullable String hint) {}
}
