package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.provider.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps accounts out of the network that this server stands in: a host is found only where every one of its addresses is public
 * or in a network that the operator allowed. Who asks cannot tell a host that is kept from a host that does not exist, and so
 * cannot map the inside. As the resolver of the runtime it is asked for each connection, so a name that leads elsewhere after it
 * was checked leads nowhere. Thread-safe.
 *
 * <p>Behind NAT64 with DNS64, public servers have addresses in {@code 64:ff9b::/96}; the operator must allow it there.
 */
public final class NetworkPolicy implements HostResolver {
    /** The setting that lists the allowed networks. */
    static final String SETTING = "steadymail.accounts.allowed-networks";

    private final List<Network> allowed;
    private final HostResolver resolver;

    /**
     * Takes the operator's rules.
     *
     * @param allowedNetworks networks that are not public and may be connected to all the same, such as {@code 10.1.0.0/16}
     * @param resolver who finds the addresses of names
     * @throws IllegalArgumentException where an entry is not a network
     */
    public NetworkPolicy(List<String> allowedNetworks, HostResolver resolver) {
        this.allowed = networks(allowedNetworks);
        this.resolver = resolver;
    }

    /**
     * Checks the hosts of an account, for the moment at which it is added. May ask name servers.
     *
     * @throws UnreachableHostException where this server must not connect to one of them
     */
    public void require(AccountUrl url) {
        for (String host : url.hosts()) {
            if (addresses(host).isEmpty()) {
                throw new UnreachableHostException();
            }
        }
    }

    /**
     * Returns whether a host is in networks that the operator allowed beside the public internet, with all of its addresses. May ask name
     * servers.
     */
    boolean isOfOperator(String host) {
        List<InetAddress> addresses = found(host);
        return !addresses.isEmpty() && addresses.stream().allMatch(this::isNamed);
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = addresses(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException("the host does not exist or may not be connected to");
        }
        return addresses;
    }

    /** One private address is enough to refuse all: which of them is connected to would be the name server's choice. */
    private List<InetAddress> addresses(String host) {
        List<InetAddress> addresses = found(host);
        return addresses.stream().allMatch(this::isAllowed) ? addresses : List.of();
    }

    private List<InetAddress> found(String host) {
        InetAddress address = HostText.address(host);
        if (address != null) {
            return List.of(address);
        }
        try {
            return HostText.isName(host) ? List.copyOf(resolver.resolve(host)) : List.of();
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private boolean isAllowed(InetAddress address) {
        return !SpecialNetwork.anyContains(address) || isNamed(address);
    }

    private boolean isNamed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            try {
                networks.add(Network.parse(text.strip()));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        SETTING + " must list networks such as 10.1.0.0/16 or fd00::/8; entry " + (networks.size() + 1)
                                + " is none: " + wrong.getMessage(),
                        wrong);
            }
        }
        return List.copyOf(networks);
    }
}
