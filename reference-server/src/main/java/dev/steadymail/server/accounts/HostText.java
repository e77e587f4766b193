package dev.steadymail.server.accounts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of each host that is taken. Resolvers read more as an address than is written like one ({@code 2130706433},
 * {@code 0177.0.0.1}, {@code 127.1}), and two that read it differently are how a check is got round. Nothing here asks a name server.
 */
public final class HostText {
    private static final int MAX_LENGTH = 253;
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f.]*:[0-9a-f:.]*");
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    /** What ends like this is an address to some (WHATWG URL, section 3.5), so it is a name to nobody. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    private HostText() {}

    /** Returns whether the text is a host name, in ASCII and without the dot of the root. */
    public static boolean isName(String host) {
        String name = lowerCase(host);
        return name.length() <= MAX_LENGTH
                && NAME.matcher(name).matches()
                && !ENDS_IN_A_NUMBER.matcher(name).matches();
    }

    /** Returns the address that is written in full decimal (IPv4) or hexadecimal without a zone (IPv6), or null. */
    static @Nullable InetAddress address(String host) {
        String text = lowerCase(host);
        boolean ipv4 = IPV4.matcher(text).matches();
        return ipv4 || IPV6.matcher(text).matches() ? parsed(ipv4 ? text : "[" + text + "]") : null;
    }

    /** What is written like this is parsed and never looked up. */
    private static @Nullable InetAddress parsed(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return literal.startsWith("[") ? withoutShortcut(address) : address;
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    /** Java turns an IPv4-mapped address into the IPv4 address; a rule for the one must not be passed as the other. */
    private static InetAddress withoutShortcut(InetAddress parsed) throws UnknownHostException {
        byte[] octets = parsed.getAddress();
        if (octets.length == 16) {
            return parsed;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(octets, 0, mapped, 12, 4);
        return Inet6Address.getByAddress(null, mapped, -1);
    }

    /** Only ASCII letters: others that become one in lower case, as the Kelvin sign does, stay and are refused. */
    private static String lowerCase(String host) {
        return host.chars().allMatch(c -> c < 0x80) ? host.toLowerCase(Locale.ROOT) : host;
    }
}
