package dev.steadymail.imap;

import dev.steadymail.provider.Call;
import java.util.Set;

/** What an IMAP server tells about itself: {@code mail.unwrap(ImapServer.class)}. Thread-safe. */
public final class ImapServer {
    private final ImapCalls calls;

    ImapServer(ImapCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns the capabilities that the server states after login (RFC 3501 section 7.2.1), in upper case. Logs in where no connection
     * is open yet, and sends nothing more.
     *
     * @throws dev.steadymail.mail.MailException where the server cannot be reached or refuses the login
     */
    public Set<String> capabilities(Call call) {
        return calls.read("CAPABILITY", null, call, ImapConnection::capabilities);
    }
}
