package dev.steadymail.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a host, and so decides where connections may go. A provider asks once for each connection and connects to
 * nothing but the addresses returned, so an answer that changes between two questions cannot lead it past a check. Where
 * {@link #allowsProxies} says no it uses no proxy of the system's either, since a proxy would look the name up again.
 *
 * <p>Implementations are thread-safe and may block. They are asked about addresses written as text, too, and return just that
 * address or refuse.
 */
@FunctionalInterface
public interface HostResolver {
    /** Asks the system, and refuses nothing. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Returns the addresses of a host in the order in which to try them, at least one.
     *
     * @param host a name or an address, an IPv6 address without brackets
     * @throws UnknownHostException where there is no such host, or this resolver does not want it to be reached
     * @throws dev.steadymail.mail.MailException of kind TIMEOUT where the answer took too long, of kind CANCELLED where the calling
     *     thread was interrupted
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * Returns whether connections may go through a proxy of the system's, which looks names up again: only where nothing is refused
     * anyway, as with {@link #SYSTEM}.
     */
    default boolean allowsProxies() {
        return this == SYSTEM;
    }
}
