package dev.steadymail.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialerTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "4a, 4a",
        "6a, 6a",
        "4a 4b 4c, 4a 4b 4c",
        "6a 6b 4a 4b, 6a 4a 6b 4b",
        "4a 4b 6a 6b, 4a 6a 4b 6b",
        "6a 6b 6c 4a, 6a 4a 6b 6c",
        "4a 6a 6b 6c, 4a 6a 6b 6c"
    })
    void families_takeTurns_theFirstOneFirst(String given, String expected) {
        String order = Dialer.alternating(addresses(given)).stream()
                .map(DialerTest::name)
                .collect(Collectors.joining(" "));
        assertEquals(expected, order);
    }

    private static List<InetSocketAddress> addresses(String names) {
        return Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(DialerTest::address)
                .toList();
    }

    private static InetSocketAddress address(String name) {
        byte last = (byte) name.charAt(1);
        byte[] octets = name.startsWith("4") ? new byte[4] : new byte[16];
        octets[0] = 1;
        octets[octets.length - 1] = last;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), 143);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name(InetSocketAddress address) {
        byte[] octets = address.getAddress().getAddress();
        return (octets.length == 4 ? "4" : "6") + (char) octets[octets.length - 1];
    }
}
