package dev.steadymail.imap.wire;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Finds where a server is, and refuses places that must not be used without TLS. */
public final class ServerAddresses {
    private ServerAddresses() {}

    /**
     * Asks the resolver once.
     *
     * @param loopbackOnly whether to refuse every address that is not of this machine
     * @throws MailException of kind NETWORK where the host is not known, INVALID where an address is refused
     */
    public static List<InetSocketAddress> of(HostResolver resolver, String host, int port, boolean loopbackOnly) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        try {
            for (InetAddress address : resolver.resolve(host)) {
                if (loopbackOnly && !address.isLoopbackAddress()) {
                    throw MailException.of(
                            Kind.INVALID,
                            "without TLS only a server on this machine is used, and " + host
                                    + " is not a loopback address; use TLS or STARTTLS");
                }
                addresses.add(new InetSocketAddress(address, port));
            }
        } catch (UnknownHostException unknown) {
            throw MailException.of(
                    Kind.NETWORK, "the host " + host + " is not known; check its name and the network", unknown);
        }
        return addresses;
    }
}
