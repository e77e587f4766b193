package dev.steadymail.imap.proxy;

import java.nio.ByteBuffer;

/**
 * The client's side of asking a proxy for a connection. Send what {@link #start} returns, then give what comes to {@link #feed} and
 * send what that returns, until {@link #isOpen}. Serves for one connection; not thread-safe. Bounds on time are the caller's.
 */
public sealed interface ProxyTunnel permits Socks5Tunnel, HttpTunnel {
    /**
     * Returns what to send first, which may hold a password. The array is the caller's.
     *
     * @throws IllegalStateException where it was taken before
     */
    byte[] start();

    /**
     * Takes what the proxy sent and returns what to send next, which may be empty or hold a password. The array is the caller's. What
     * is left in the buffer once the tunnel is open comes from the server.
     *
     * @throws ProxyRefusedException where the proxy does not open the connection; close it
     */
    byte[] feed(ByteBuffer octets) throws ProxyRefusedException;

    /** Returns whether the connection goes to the server now. */
    boolean isOpen();
}
