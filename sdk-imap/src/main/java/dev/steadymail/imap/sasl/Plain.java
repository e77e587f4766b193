package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Secret;

/** PLAIN (RFC 4616): user and password as they are, so for protected connections only. */
public final class Plain extends OneMessage {
    /**
     * Makes an exchange that acts as the user who logs in.
     *
     * @throws SaslRefusedException where the user name is empty or holds a control character
     */
    public Plain(String user, Secret password) throws SaslRefusedException {
        super("PLAIN", "\0" + SaslText.user(user) + "\0" + password.reveal(), null);
    }
}
