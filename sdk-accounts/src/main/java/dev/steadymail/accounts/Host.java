package dev.steadymail.accounts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for HOST. Nothing here asks a name server. */
final class Host {
    private static final int MAX_LENGTH = 253;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\." + BYTE + "){3}");

    private Host() {}

    /**
     * Returns a host in lower case.
     *
     * @param raw a name or an address, an IPv6 address without brackets
     */
    static String check(String raw) {
        String host = raw.toLowerCase(Locale.ROOT);
        if (!isValid(host)) {
            throw malformed();
        }
        return host;
    }

    /** Returns the host that is written in a URL, where an IPv6 address and nothing else is in brackets. */
    static String parse(String raw) {
        String host = withoutBrackets(raw);
        if (host.length() < raw.length() && !isIpv6(host)) {
            throw malformed();
        }
        return check(host);
    }

    /** Returns whether text in lower case, without brackets, is a host name or an address. */
    static boolean isValid(String host) {
        return isIpv6(host)
                || (host.length() <= MAX_LENGTH && NAME.matcher(host).matches());
    }

    private static InvalidAccountUrlException malformed() {
        return InvalidAccountUrlException.of(
                "HOST must be a host name, an IPv4 address or an IPv6 address in brackets, and nothing"
                        + " may follow it but :PORT and ?PARAMETERS");
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns whether a host, without brackets, is this machine by its name: 127.0.0.0/8, ::1 or localhost. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || LOOPBACK_IPV4.matcher(host).matches()
                || (isIpv6(host) && address(host).isLoopbackAddress());
    }

    private static boolean isIpv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            return address(text).getAddress().length > 0;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** An address in brackets is parsed and never looked up. */
    private static InetAddress address(String ipv6) {
        try {
            return InetAddress.getAllByName("[" + ipv6 + "]")[0];
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("not an IPv6 address", malformed);
        }
    }
}
