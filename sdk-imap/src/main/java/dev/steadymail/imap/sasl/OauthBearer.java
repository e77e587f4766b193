package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Secret;

/** OAUTHBEARER (RFC 7628). An error challenge is answered with a single %x01 (section 3.2.3), after which the server says NO. */
public final class OauthBearer extends OneMessage {
    /**
     * Makes an exchange with an access token.
     *
     * @param host the name that the client connected to
     * @param port the port that it connected to, 1 to 65,535
     * @throws SaslRefusedException where the user name is empty or holds a control character, or the token holds what RFC 6750 does not
     *     allow
     * @throws IllegalArgumentException where host or port cannot be
     */
    public OauthBearer(String user, String host, int port, Secret token) throws SaslRefusedException {
        super("OAUTHBEARER", message(user, host, port, token), "\1");
    }

    private static String message(String user, String host, int port, Secret token) throws SaslRefusedException {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
        }
        if (!host.matches("[!-~]{1,255}")) {
            throw new IllegalArgumentException("host must be 1 to 255 visible ASCII characters");
        }
        String head = "n,a=" + SaslText.saslname(SaslText.user(user)) + ",\1host=" + host + "\1port=" + port;
        return head + "\1auth=Bearer " + SaslText.token(token) + "\1\1";
    }
}
