package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.provider.HostResolver;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPolicyTest {
    private static final InetAddress PUBLIC = address("8.8.8.8");

    static final List<SpecialNetwork> SPECIAL = SpecialNetwork.ALL;

    static final List<String> NOT_PUBLIC = words("""
            0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.0 127.0.0.1
            127.255.255.255 169.254.0.0 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255
            192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.7
            203.0.113.255 224.0.0.1 239.255.255.255 240.0.0.0 255.255.255.255 :: ::1 0:0:0:0:0:0:0:1 ::127.0.0.1
            ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:8.8.8.8 0:0:0:0:0:ffff:a00:1 64:ff9b::7f00:1
            64:ff9b::127.0.0.1 64:ff9b:1::1 100::1 2001::1 2001:1ff:ffff:: 2001:db8::1 2002:7f00:1:: 3fff::1
            3fff:fff:ffff:: 4000::1 5f00::1 8000::1 fc00:: fd12:3456::1 fdff:ffff::1 fe80::1 febf::1 fec0::1
            ff02::1 1000::1
            """);

    static final List<String> PUBLIC_ADDRESSES = words("""
            1.0.0.0 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
            169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0
            198.17.255.255 198.20.0.0 223.255.255.255 2000::1 2001:200::1 2001:db7:ffff::1 2001:db9::1 2003::1
            2606:4700:4700::1111 2a00:1450::1 3ffe::1 3fff:1000::1
            """);

    static final List<String> ODD = words("""
            . 2130706433 017700000001 0x7f000001 0x7F.0.0.1 0x7f.1 0177.0.0.1 127.1 127.0.1 127.0.0.01
            0127.0.0.1 00.0.0.0 127.0.0.1. 127.0.0.1.. 127.0.0.256 127.0.0.0x1 127.0.0.0x 1.2.3.4.5 4294967297
            localhost. mail.example.com. mail..example.com .example.com example.123 mail.example.0x7f
            [127.0.0.1] [::1] [::1 ::1] [[::1]] ::1%lo ::1%25lo fe80::1%1 fe80::1%25eth0 ::%31 %31%32%37.0.0.1
            127%2e0.0.1 127.0.0.1%00.example.com 127.0.0.1:143 127.0.0.1/8 127.0.0.1@example.com -a.example.com
            a-.example.com ١٢٧.٠.٠.١ １２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 ⓔxample.com exämple.com ::: 1::2::3 ::1.2.3
            12345:: 1:2:3:4:5:6:7:8:9 ::ffff:0177.0.0.1 ::ffff:256.0.0.1
            """);

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @FieldSource("NOT_PUBLIC")
    void addressThatIsNotPublic_isKept_howeverItIsReached(String text) {
        assertKept(policy(), text);
        assertKept(answering(address(text)), "mail.example.com");
        assertKept(answering(PUBLIC, address(text)), "mail.example.com");
        assertKept(answering(address(text), PUBLIC), "mail.example.com");
    }

    @ParameterizedTest
    @FieldSource("PUBLIC_ADDRESSES")
    void publicAddress_isFound(String text) throws UnknownHostException {
        assertEquals(List.of(address(text)), policy().resolve(text));
        assertEquals(List.of(address(text)), answering(address(text)).resolve("mail.example.com"));
    }

    /** The resolver would call each of these public: it must not even be asked. */
    @ParameterizedTest
    @FieldSource("ODD")
    @ValueSource(strings = {"", " ", "a b", "\u212Aelvin.example.com", "example.com\u0000", "example.com\n"})
    void oddSpelling_isRefusedWithoutAsking(String host) {
        assertKept(answering(PUBLIC), host);
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.com",
                "MAIL.example.com",
                "xn--exmple-cua.com",
                "a",
                "1mail.2example.c0m",
                "_x.y",
                "0x7g",
                "1.a"
            })
    void name_isAskedFor(String host) throws UnknownHostException {
        assertEquals(List.of(PUBLIC), answering(PUBLIC).resolve(host));
        assertEquals(List.of(host), asked);
    }

    @Test
    void longName_isRefused() {
        assertKept(answering(PUBLIC), "a".repeat(64) + ".example.com");
        assertKept(answering(PUBLIC), "a.".repeat(126) + "com");
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @FieldSource("SPECIAL")
    void specialNetwork_isKeptFromEndToEnd_andCanBeAllowed(SpecialNetwork special) throws UnknownHostException {
        NetworkPolicy open = policy(text(special.network()));
        for (InetAddress end : List.of(special.network().base(), last(special.network()))) {
            assertKept(answering(end), "mail.example.com");
            assertEquals(List.of(end), open.resolve(end.getHostAddress()), special.source());
        }
    }

    @Test
    void allowedNetwork_allowsNoOther() throws UnknownHostException {
        NetworkPolicy policy = policy(" 127.0.0.0/8", "fd00:1::/32 ");
        assertEquals(List.of(address("127.0.0.2")), policy.resolve("127.0.0.2"));
        assertEquals(List.of(address("fd00:1::7")), policy.resolve("fd00:1::7"));
        List.of("10.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00:2::7")
                .forEach(host -> assertKept(policy, host));
    }

    @Test
    void keptAndUnknown_cannotBeToldApart() {
        NetworkPolicy unknown = new NetworkPolicy(List.of(), host -> {
            throw new UnknownHostException(host + ": Name or service not known");
        });
        String expected = message(unknown, "mail.example.com");
        assertEquals(expected, message(answering(address("10.0.0.1")), "mail.example.com"));
        assertEquals(expected, message(answering(), "mail.example.com"));
        assertEquals(expected, message(policy(), "10.0.0.1"));
        assertEquals(expected, message(policy(), "2130706433"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imap://ada@10.0.0.1",
                "imaps://ada@2130706433",
                "imap://ada@127.0.0.1:1143?tls=none",
                "imap://ada@[::1]?tls=none",
                "gmail://me?root=https://169.254.169.254/",
                "gmail://me?token=https://10.0.0.1/token",
                "gmail://me?root=http://localhost/"
            })
    void account_withOneHostThatIsKept_isRefused(String url) {
        NetworkPolicy policy =
                new NetworkPolicy(List.of(), host -> List.of(host.equals("localhost") ? address("127.0.0.1") : PUBLIC));
        UnreachableHostException refusal =
                assertThrows(UnreachableHostException.class, () -> policy.require(AccountUrl.parse(url)));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("steadymail.accounts.allowed-networks"), message);
        assertFalse(message.matches(".*[0-9].*"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps://ada@mail.example.com", "gmail://me", "gmail://me?root=https://8.8.8.8/"})
    void account_withPublicHosts_isTaken(String url) {
        AccountUrl account = AccountUrl.parse(url);
        answering(PUBLIC).require(account);
        assertTrue(account.hosts().containsAll(asked), asked::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8",
                "10.0.0.1/8", "10/8", "010.0.0.0/8", "fd00::/129", "fd00::1/64", "fe80::%1/64", "example.com/24",
                        "10.0.0.0/٨"
            })
    void wrongNetwork_namesTheSettingAndTheRule(String network) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> policy("10.0.0.0/8", network));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("steadymail.accounts.allowed-networks must list networks such as"), message);
        assertTrue(message.contains("entry 2"), message);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private NetworkPolicy answering(InetAddress... addresses) {
        return new NetworkPolicy(List.of(), host -> {
            asked.add(host);
            return List.of(addresses);
        });
    }

    private static NetworkPolicy policy(String... allowed) {
        HostResolver nobody = host -> {
            throw new AssertionError("asked about an address");
        };
        return new NetworkPolicy(List.of(allowed), nobody);
    }

    private static void assertKept(NetworkPolicy policy, String host) {
        assertThrows(UnknownHostException.class, () -> policy.resolve(host), host);
    }

    private static String message(NetworkPolicy policy, String host) {
        UnknownHostException refusal = assertThrows(UnknownHostException.class, () -> policy.resolve(host));
        assertEquals(null, refusal.getCause());
        return String.valueOf(refusal.getMessage());
    }

    private static String text(Network network) {
        return network.base().getHostAddress() + "/" + network.bits();
    }

    private static InetAddress last(Network network) throws UnknownHostException {
        byte[] octets = network.base().getAddress();
        for (int bit = network.bits(); bit < octets.length * 8; bit++) {
            octets[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return octets.length == 4 ? InetAddress.getByAddress(octets) : Inet6Address.getByAddress(null, octets, -1);
    }

    private static InetAddress address(String text) {
        InetAddress address = HostText.address(text);
        assertTrue(address != null, text);
        return address;
    }
}
