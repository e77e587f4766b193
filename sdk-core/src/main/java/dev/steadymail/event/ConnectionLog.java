package dev.steadymail.event;

import dev.steadymail.event.ProtocolLog.Direction;
import dev.steadymail.mail.Protocol;

/**
 * What a provider writes of one connection into its client's {@link ProtocolLog}. Whoever writes has made the text of words of the
 * protocol, numbers and lengths, and asks {@link #isOn} before it makes any. Thread-safe.
 */
public final class ConnectionLog {
    private final ProtocolLog log;
    private final Protocol protocol;
    private final int number;

    ConnectionLog(ProtocolLog log, Protocol protocol, int number) {
        this.log = log;
        this.protocol = protocol;
        this.number = number;
    }

    /** Answers whether lines are kept. */
    public boolean isOn() {
        return log.isOn();
    }

    /** Writes what the client said. */
    public void sent(String text) {
        log.write(Direction.SENT, protocol, number, text);
    }

    /** Writes what the server said. */
    public void received(String text) {
        log.write(Direction.RECEIVED, protocol, number, text);
    }

    /** Writes what happened to the connection. */
    public void note(String text) {
        log.write(Direction.NOTE, protocol, number, text);
    }
}
