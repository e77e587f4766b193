package dev.steadymail.imap.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a tunnel leads.
 *
 * @param address an IP address
 * @param port 1 to 65,535
 */
record Target(InetAddress address, int port) {
    static Target of(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address == null || socket.getPort() < 1) {
            throw new IllegalArgumentException("a proxy is told a resolved address and a port of at least 1");
        }
        return new Target(address, socket.getPort());
    }

    /** Returns the authority of a URI (RFC 3986 section 3.2); a zone of this machine means nothing to the proxy. */
    String authority() {
        String text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = text.indexOf('%');
            text = "[" + (zone < 0 ? text : text.substring(0, zone)) + "]";
        }
        return text + ":" + port;
    }
}
