package dev.steadymail.testkit.smtp;

/** The server's side of one login. */
interface SaslExchange {

    /** Returns the challenge for a client that sent no initial response; empty for most mechanisms. */
    default String invitation() {
        return "";
    }

    /** Takes a response, already out of its base64. */
    SaslStep next(byte[] response);
}
