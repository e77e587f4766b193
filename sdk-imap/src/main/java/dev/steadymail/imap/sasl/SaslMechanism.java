package dev.steadymail.imap.sasl;

import java.util.Optional;

/**
 * The client's side of one SASL exchange (RFC 4422 section 3). Each mechanism here but LOGIN speaks first, and each serves for one login only. Not
 * thread-safe; the challenges and answers are octets before base64.
 *
 * <p>With SASL-IR (RFC 4959) send {@link #initialResponse} with the command; without it give the server's empty first challenge to
 * {@link #respond}. Then answer each challenge, and when the server says OK, ask {@link #finish} whether to believe it.
 */
public sealed interface SaslMechanism permits OneMessage, ScramSha256, LoginPrompts {
    /** Returns the name that AUTHENTICATE takes. */
    String name();

    /**
     * Returns what the client says first, which is never empty and mostly secret. The array is the caller's.
     *
     * @throws IllegalStateException where it was taken before
     */
    byte[] initialResponse();

    /**
     * Returns the answer to a challenge, which may be empty. The array is the caller's. {@link ScramSha256} computes for as long as a
     * second here, so this is no work for a thread that serves other connections.
     *
     * @throws SaslRefusedException where the challenge must not be answered; the exchange is over, send {@code *} and end the
     *     connection
     */
    byte[] respond(byte[] challenge) throws SaslRefusedException;

    /**
     * Checks that the server may say OK now.
     *
     * @throws SaslRefusedException where the exchange was not complete; the connection must not be used
     */
    void finish() throws SaslRefusedException;

    /**
     * Returns the server's own name for why it refuses, {@code invalid_token} or {@code invalid-proof} for example: at most 40 letters,
     * digits, {@code _} and {@code -}. Empty where it gave none.
     */
    Optional<String> serverError();
}
