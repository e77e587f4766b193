package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Secret;

/**
 * XOAUTH2, the forerunner of {@link OauthBearer} that Google and Microsoft describe; Microsoft knows nothing newer. An error challenge
 * takes an empty answer, after which the server says NO.
 */
public final class Xoauth2 extends OneMessage {
    /**
     * Makes an exchange with an access token.
     *
     * @throws SaslRefusedException where the user name is empty or holds a control character, or the token holds what RFC 6750 does not
     *     allow
     */
    public Xoauth2(String user, Secret token) throws SaslRefusedException {
        super("XOAUTH2", "user=" + SaslText.user(user) + "\1auth=Bearer " + SaslText.token(token) + "\1\1", "");
    }
}
