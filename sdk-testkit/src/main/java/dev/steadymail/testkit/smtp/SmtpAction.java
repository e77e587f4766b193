package dev.steadymail.testkit.smtp;

import java.time.Duration;

/**
 * Something a {@link SmtpSession} wants done to its connection. Actions are done one after the other, in the order in which they come.
 * Octets are strings with one character (0 to 255) for each octet.
 */
public sealed interface SmtpAction {

    /** Sends octets, in a segment of their own where the transport can. */
    record Send(String octets) implements SmtpAction {}

    /**
     * Sends the same octets over and over, or until the client is gone.
     *
     * @param times at least 1; may be so large that it means without end
     */
    record Repeat(String octets, long times) implements SmtpAction {}

    /** Does what follows only after a while. */
    record Pause(Duration length) implements SmtpAction {}

    /** Begins TLS as the server; {@link SmtpSession#tlsStarted} tells when it stands. */
    record StartTls() implements SmtpAction {}

    /** Reads nothing more and leaves the connection open, so that the client's octets pile up on the way. Nothing follows. */
    record StopReading() implements SmtpAction {}

    /** Ends the connection so that all sent before arrives. Nothing follows. */
    record Close() implements SmtpAction {}

    /** Breaks the connection off, without the farewell of TLS. Nothing follows. */
    record Cut() implements SmtpAction {}
}
