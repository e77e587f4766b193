package dev.steadymail.imap;

import dev.steadymail.auth.Secret;
import dev.steadymail.imap.proxy.HttpTunnel;
import dev.steadymail.imap.proxy.ProxyLogin;
import dev.steadymail.imap.proxy.ProxyTunnel;
import dev.steadymail.imap.proxy.Socks5Tunnel;
import dev.steadymail.imap.wire.ProxyRoute;
import dev.steadymail.imap.wire.ServerAddresses;
import dev.steadymail.provider.HostResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections to a server go through: {@code account.via(ImapProxy.socks5("proxy.example.com", 1080))}. It is told the
 * server's address as our resolver found it, never a name, and TLS is with the server, so that the proxy reads nothing. Immutable and
 * thread-safe; {@code toString} shows nothing of it.
 */
public final class ImapProxy {
    private final boolean socks;
    private final String host;
    private final int port;
    private final @Nullable ProxyLogin login;

    private ImapProxy(boolean socks, String host, int port, @Nullable ProxyLogin login) {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("the proxy's host must be a name or address without white space");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy's port must be between 1 and 65535, was " + port);
        }
        this.socks = socks;
        this.host = host;
        this.port = port;
        this.login = login;
    }

    /**
     * Returns a proxy that speaks SOCKS 5 (RFC 1928).
     *
     * @throws IllegalArgumentException where the host holds white space or the port is not 1 to 65,535
     */
    public static ImapProxy socks5(String host, int port) {
        return new ImapProxy(true, host, port, null);
    }

    /**
     * Returns a proxy that speaks HTTP CONNECT (RFC 9110 section 9.3.6), without TLS to the proxy itself.
     *
     * @throws IllegalArgumentException where the host holds white space or the port is not 1 to 65,535
     */
    public static ImapProxy http(String host, int port) {
        return new ImapProxy(false, host, port, null);
    }

    /**
     * Sets what to log in to the proxy with (RFC 1929, RFC 7617). It goes to the proxy without encryption.
     *
     * @throws IllegalArgumentException where the user is empty, one of them holds control characters or is longer than the 255 octets
     *     that SOCKS takes, or the user holds a colon, which HTTP does not take
     */
    public ImapProxy login(String user, Secret password) {
        ImapProxy changed = new ImapProxy(socks, host, port, new ProxyLogin(user, password));
        // Makes one for nothing, so that a login that cannot be sent is told of here.
        ProxyTunnel unused = changed.tunnel(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        return changed;
    }

    /**
     * Returns the way through it.
     *
     * @param loopbackOnly whether the proxy must be on this machine, because what goes through it is plain text
     */
    ProxyRoute route(HostResolver resolver, boolean loopbackOnly) {
        return new ProxyRoute(ServerAddresses.of(resolver, host, port, loopbackOnly), this::tunnel);
    }

    /** Returns a tunnel to a server, for one connection. */
    ProxyTunnel tunnel(InetSocketAddress target) {
        return socks ? new Socks5Tunnel(target, login) : new HttpTunnel(target, login);
    }

    @Override
    public String toString() {
        return "ImapProxy[hidden]";
    }
}
