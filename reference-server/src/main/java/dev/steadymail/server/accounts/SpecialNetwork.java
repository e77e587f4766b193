package dev.steadymail.server.accounts;

import java.net.InetAddress;
import java.util.List;

/**
 * A network that is not the public Internet: a row of IANA's special-purpose registries (RFC 6890, RFC 8190), or space that
 * nobody on the Internet has been given. Rows that IANA calls globally reachable stay out where a mail server could be, and in
 * where there can be none.
 *
 * @param network the addresses
 * @param source the document that sets them apart
 */
record SpecialNetwork(Network network, String source) {
    static final List<SpecialNetwork> ALL = List.of(
            row("0.0.0.0/8", "RFC 791 section 3.2: this network"),
            row("10.0.0.0/8", "RFC 1918: private use"),
            row("100.64.0.0/10", "RFC 6598: shared behind carrier-grade NAT"),
            row("127.0.0.0/8", "RFC 1122 section 3.2.1.3: loopback"),
            row("169.254.0.0/16", "RFC 3927: link-local, metadata services of clouds"),
            row("172.16.0.0/12", "RFC 1918: private use"),
            row("192.0.0.0/24", "RFC 6890 section 2.1: protocol assignments"),
            row("192.0.2.0/24", "RFC 5737: documentation"),
            row("192.88.99.0/24", "RFC 7526: former 6to4 relays"),
            row("192.168.0.0/16", "RFC 1918: private use"),
            row("198.18.0.0/15", "RFC 2544: benchmarks"),
            row("198.51.100.0/24", "RFC 5737: documentation"),
            row("203.0.113.0/24", "RFC 5737: documentation"),
            row("224.0.0.0/4", "RFC 5771: multicast"),
            row("240.0.0.0/4", "RFC 1112 section 4: reserved; RFC 919: limited broadcast"),
            row("::/128", "RFC 4291 section 2.5.2: unspecified"),
            row("::1/128", "RFC 4291 section 2.5.3: loopback"),
            row("::/96", "RFC 4291 section 2.5.5.1: IPv4-compatible"),
            row("::ffff:0:0/96", "RFC 4291 section 2.5.5.2: IPv4-mapped"),
            row("64:ff9b::/96", "RFC 6052: NAT64, hides an IPv4 address"),
            row("64:ff9b:1::/48", "RFC 8215: NAT64 of one's own, hides an IPv4 address"),
            row("100::/64", "RFC 6666: discard"),
            row("2001::/23", "RFC 2928: protocol assignments, with Teredo (RFC 4380)"),
            row("2001:db8::/32", "RFC 3849: documentation"),
            row("2002::/16", "RFC 3056: 6to4, hides an IPv4 address"),
            row("3fff::/20", "RFC 9637: documentation"),
            row("5f00::/16", "RFC 9602: segment routing"),
            row("fc00::/7", "RFC 4193: unique local"),
            row("fe80::/10", "RFC 4291 section 2.5.6: link-local"),
            row("fec0::/10", "RFC 3879: former site-local"),
            row("ff00::/8", "RFC 4291 section 2.7: multicast"),
            row("::/3", "RFC 4291 section 2.4: global unicast is 2000::/3, the rest is reserved"),
            row("4000::/2", "RFC 4291 section 2.4: the same"),
            row("8000::/1", "RFC 4291 section 2.4: the same"));

    static boolean anyContains(InetAddress address) {
        return ALL.stream().anyMatch(row -> row.network.contains(address));
    }

    private static SpecialNetwork row(String network, String source) {
        return new SpecialNetwork(Network.parse(network), source);
    }
}
