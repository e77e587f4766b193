package dev.steadymail.imap.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.auth.Secret;
import dev.steadymail.imap.proxy.ProxyRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What tests of tunnels share: a server to go to, and answers given whole or octet by octet. */
abstract class TunnelTestCase {
    static final InetSocketAddress IPV4 = target(192, 0, 2, 7);
    static final InetSocketAddress IPV6 = target(0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);
    static final ProxyLogin LOGIN = new ProxyLogin("ada", Secret.of("söcks"));

    static String hex(byte[] octets) {
        return HexFormat.ofDelimiter(" ").formatHex(octets);
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Gives an answer octet by octet, and returns all that the tunnel wants sent. */
    static byte[] drip(ProxyTunnel tunnel, byte[] answer) throws ProxyRefusedException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (byte octet : answer) {
            sent.writeBytes(tunnel.feed(ByteBuffer.wrap(new byte[] {octet})));
        }
        return sent.toByteArray();
    }

    static void refused(Reason reason, ProxyTunnel tunnel, byte[] answer) {
        ProxyRefusedException refusal =
                assertThrows(ProxyRefusedException.class, () -> tunnel.feed(ByteBuffer.wrap(answer)));
        assertEquals(reason, refusal.reason(), refusal::getMessage);
        assertThrows(ProxyRefusedException.class, () -> tunnel.feed(ByteBuffer.wrap(new byte[300])));
        assertEquals(false, tunnel.isOpen());
    }

    static InetSocketAddress target(int... address) {
        byte[] octets = new byte[address.length];
        for (int at = 0; at < octets.length; at++) {
            octets[at] = (byte) address[at];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), 993);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
