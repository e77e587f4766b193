package dev.steadymail.imap.wire;

import dev.steadymail.imap.proxy.ProxyTunnel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * The way through a proxy. Immutable.
 *
 * @param addresses where the proxy is, at least one, all of them with the port
 * @param tunnels makes the tunnel to an address of the server, a new one for each connection
 */
public record ProxyRoute(List<InetSocketAddress> addresses, Function<InetSocketAddress, ProxyTunnel> tunnels) {
    /** Copies the addresses. */
    public ProxyRoute {
        addresses = List.copyOf(addresses);
    }
}
