package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OctetFaultsTest extends ProxyTestCase {

    @Test
    void flipBit_changesOneOctet() throws IOException {
        var flip = new ProxyFault.FlipBit(Place.toServer().after(2), 5);
        proxy().add(flip);
        Socket client = client();
        Socket peer = peer();
        send(client, "ab");
        assertReceives("ab", peer);
        assertEquals(0, proxy().counts().used(flip));
        send(client, "cd");
        assertReceives("Cd", peer);
        assertEquals(1, proxy().counts().used(flip));
    }

    @Test
    void duplicate_repeatsARangeAcrossWrites() throws IOException {
        var twice = new ProxyFault.Duplicate(Place.toClient().after(1), 3);
        proxy().add(twice);
        Socket client = client();
        Socket peer = peer();
        send(peer, "ab");
        assertReceives("ab", client);
        send(peer, "cdef");
        assertReceives("cdbcdef", client);
        assertEquals(1, proxy().counts().used(twice));
    }

    @Test
    void octetFaultsAddedTooLate_areNotUsed() throws IOException {
        Socket client = client();
        Socket peer = peer();
        send(client, "abc");
        assertReceives("abc", peer);
        proxy().add(new ProxyFault.FlipBit(Place.toServer(), 0), new ProxyFault.Duplicate(Place.toServer(), 2));
        send(client, "def");
        assertReceives("def", peer);
        assertEquals(0, proxy().counts().used().size());
    }

    @Test
    void oneByteWrites_keepTheOctets() throws IOException {
        var split = new ProxyFault.OneByteWrites(Place.toServer().after(3));
        proxy().add(split);
        Socket client = client();
        Socket peer = peer();
        String text = "0123456789".repeat(100);
        send(client, text);
        client.shutdownOutput();
        assertReceivesEnd(text, peer);
        assertEquals(1, proxy().counts().used(split));
    }

    @Test
    void randomFlipsAndRepeats_matchTheModel() throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            ProxyPlan plan = ProxyPlan.random(seed, 30, 1, 200);
            List<ProxyFault> faults = plan.faults().stream()
                    .filter(OctetFaultsTest::changesWhatGoesToTheServer)
                    .toList();
            byte[] sent = "The quick brown fox. ".repeat(10).getBytes(StandardCharsets.US_ASCII);
            proxyTo(targetPort(), faults.toArray(ProxyFault[]::new));
            Socket client = client();
            client.getOutputStream().write(sent);
            client.shutdownOutput();
            assertArrayEquals(expected(sent, faults), peer().getInputStream().readAllBytes(), plan::toString);
        }
    }

    private static boolean changesWhatGoesToTheServer(ProxyFault fault) {
        return fault instanceof ProxyFault.OnStream planted
                && planted.place().direction() == Direction.TO_SERVER
                && (fault instanceof ProxyFault.FlipBit || fault instanceof ProxyFault.Duplicate);
    }

    private static byte[] expected(byte[] sent, List<ProxyFault> faults) {
        byte[] flipped = sent.clone();
        for (ProxyFault fault : faults) {
            if (fault instanceof ProxyFault.FlipBit flip) {
                flipped[(int) flip.place().afterBytes()] ^= (byte) (1 << flip.bit());
            }
        }
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int end = 1; end <= flipped.length; end++) {
            expected.write(flipped[end - 1]);
            repeatRangesTo(end, flipped, faults, expected);
        }
        return expected.toByteArray();
    }

    /** Ranges that end at the same octet come in the order in which they began. */
    private static void repeatRangesTo(int end, byte[] octets, List<ProxyFault> faults, ByteArrayOutputStream into) {
        for (int begin = 0; begin < end; begin++) {
            for (ProxyFault fault : faults) {
                if (fault instanceof ProxyFault.Duplicate twice
                        && twice.place().afterBytes() == begin
                        && begin + twice.length() == end) {
                    into.write(octets, begin, twice.length());
                }
            }
        }
    }
}
