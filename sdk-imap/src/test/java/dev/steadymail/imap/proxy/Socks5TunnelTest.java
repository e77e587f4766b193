package dev.steadymail.imap.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Secret;
import dev.steadymail.imap.proxy.ProxyRefusedException.Reason;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Socks5TunnelTest extends TunnelTestCase {
    private static final String CONNECT_IPV4 = "05 01 00 01 c0 00 02 07 03 e1";
    private static final String DONE = "05 00 00 01 0a 00 00 01 30 39";

    @Test
    void withoutLogin_connectsByAddress() throws ProxyRefusedException {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, null);
        assertEquals("05 01 00", hex(tunnel.start()));
        assertEquals(CONNECT_IPV4, hex(drip(tunnel, octets("05 00"))));
        assertFalse(tunnel.isOpen());
        assertEquals("", hex(drip(tunnel, octets(DONE))));
        assertTrue(tunnel.isOpen());
    }

    @Test
    void ipv6_isSentAsSuch() throws ProxyRefusedException {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV6, null);
        tunnel.start();
        assertEquals(
                "05 01 00 04 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07 03 e1",
                hex(drip(tunnel, octets("05 00"))));
    }

    @Test
    void login_isSentWhereTheProxyAsks() throws ProxyRefusedException {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, LOGIN);
        assertEquals("05 02 00 02", hex(tunnel.start()));
        assertEquals("01 03 61 64 61 06 73 c3 b6 63 6b 73", hex(drip(tunnel, octets("05 02"))));
        assertEquals(CONNECT_IPV4, hex(drip(tunnel, octets("01 00"))));
        drip(tunnel, octets(DONE));
        assertTrue(tunnel.isOpen());
    }

    @Test
    void login_staysHereWhereTheProxyDoesNotAsk() throws ProxyRefusedException {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, LOGIN);
        tunnel.start();
        assertEquals(CONNECT_IPV4, hex(drip(tunnel, octets("05 00"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DONE,
                "05 00 00 04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
                "05 00 00 03 00 00 00",
                "05 00 00 03 04 68 6f 73 74 00 00"
            })
    void whatComesAfterTheReply_isTheServers(String reply) throws ProxyRefusedException {
        Socks5Tunnel tunnel = asked();
        ByteBuffer octets = ByteBuffer.wrap(octets(reply + "2a 20 4f 4b"));
        assertEquals(0, tunnel.feed(octets).length);
        assertTrue(tunnel.isOpen());
        assertEquals(4, octets.remaining());
        assertEquals(0, tunnel.feed(octets).length);
        assertEquals(4, octets.remaining());
    }

    @Test
    void longestName_fits() throws ProxyRefusedException {
        Socks5Tunnel tunnel = asked();
        drip(tunnel, octets("05 00 00 03 ff" + "61".repeat(255) + "00"));
        assertFalse(tunnel.isOpen());
        drip(tunnel, new byte[1]);
        assertTrue(tunnel.isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "01, UNREACHABLE",
        "02, FORBIDDEN",
        "03, UNREACHABLE",
        "04, UNREACHABLE",
        "05, UNREACHABLE",
        "06, UNREACHABLE",
        "07, PROTOCOL",
        "08, UNREACHABLE",
        "ff, PROTOCOL",
    })
    void refusals_areHeardBeforeTheirEnd(String reply, Reason reason) throws ProxyRefusedException {
        refused(reason, asked(), octets("05" + reply));
    }

    @ParameterizedTest
    @CsvSource({"05 ff, LOGIN", "05 02, PROTOCOL", "05 01, PROTOCOL", "04 5a, PROTOCOL", "48 54, PROTOCOL"})
    void methodsThatDoNotDo_areRefused(String answer, Reason reason) {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, null);
        tunnel.start();
        refused(reason, tunnel, octets(answer));
    }

    @ParameterizedTest
    @CsvSource({"01 01, LOGIN", "01 ff, LOGIN", "05 00, PROTOCOL"})
    void loginsThatFail_areRefused(String answer, Reason reason) throws ProxyRefusedException {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, LOGIN);
        tunnel.start();
        drip(tunnel, octets("05 02"));
        refused(reason, tunnel, octets(answer));
    }

    @Test
    void oddReplies_areRefused() throws ProxyRefusedException {
        refused(Reason.PROTOCOL, asked(), octets("05 00 00 02 00"));
        refused(Reason.PROTOCOL, asked(), octets("04 00"));
        refused(Reason.PROTOCOL, new Socks5Tunnel(IPV4, null), octets("05 00"));
    }

    @Test
    void start_servesOnce() {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, null);
        tunnel.start();
        assertThrows(IllegalStateException.class, tunnel::start);
    }

    @Test
    void whatSocksCannotCarry_isRefusedAtOnce() {
        ProxyLogin longUser = new ProxyLogin("ü".repeat(128), Secret.of("p"));
        assertThrows(IllegalArgumentException.class, () -> new Socks5Tunnel(IPV4, longUser));
        ProxyLogin longPassword = new ProxyLogin("u", Secret.of("p".repeat(256)));
        assertThrows(IllegalArgumentException.class, () -> new Socks5Tunnel(IPV4, longPassword));
        InetSocketAddress name = InetSocketAddress.createUnresolved("imap.example.com", 993);
        assertThrows(IllegalArgumentException.class, () -> new Socks5Tunnel(name, null));
        InetSocketAddress noPort = new InetSocketAddress(IPV4.getAddress(), 0);
        assertThrows(IllegalArgumentException.class, () -> new Socks5Tunnel(noPort, null));
    }

    @Test
    void randomAnswers_areTakenOrRefused() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime() & 0xFFFF_FFFFL);
        for (int run = 0; run < 20_000; run++) {
            Random random = new Random(seed + run);
            try {
                playAnswer(random);
            } catch (RuntimeException failure) {
                throw new AssertionError("with -Dsteadymail.seed=" + (seed + run), failure);
            }
        }
    }

    private static void playAnswer(Random random) {
        byte[] answer = octets("05 02 01 00 05 00 00 03 05" + "00".repeat(40));
        for (int change = random.nextInt(4); change > 0; change--) {
            answer[random.nextInt(10)] = (byte) random.nextInt(256);
        }
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, LOGIN);
        tunnel.start();
        try {
            drip(tunnel, answer);
        } catch (ProxyRefusedException refused) {
            assertFalse(tunnel.isOpen());
        }
    }

    private static Socks5Tunnel asked() throws ProxyRefusedException {
        Socks5Tunnel tunnel = new Socks5Tunnel(IPV4, null);
        tunnel.start();
        drip(tunnel, octets("05 00"));
        return tunnel;
    }
}
