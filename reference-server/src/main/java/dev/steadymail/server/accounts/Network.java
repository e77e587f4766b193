package dev.steadymail.server.accounts;

import java.net.InetAddress;

/**
 * A block of addresses with the same first bits (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param base the lowest address
 * @param bits how many bits all addresses share, 0 to 32 or 128
 */
record Network(InetAddress base, int bits) {
    Network {
        byte[] octets = base.getAddress();
        if (bits < 0 || bits > octets.length * Byte.SIZE) {
            throw new IllegalArgumentException("the prefix is longer than the address");
        }
        for (int bit = bits; bit < octets.length * Byte.SIZE; bit++) {
            if (isSet(octets, bit)) {
                throw new IllegalArgumentException("the address has a bit set after its prefix");
            }
        }
    }

    /**
     * Reads a network such as {@code 10.0.0.0/8} or {@code fd00::/8}.
     *
     * @throws IllegalArgumentException where the text is none
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = slash < 0 ? null : HostText.address(text.substring(0, slash));
        String bits = text.substring(slash + 1);
        if (base == null || !bits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("a network is an address, a slash and the length of the prefix in bits");
        }
        return new Network(base, Integer.parseInt(bits));
    }

    /** Returns whether the address is of the same family and has the same first bits. */
    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (isSet(mine, bit) != isSet(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSet(byte[] octets, int bit) {
        return (octets[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0;
    }
}
