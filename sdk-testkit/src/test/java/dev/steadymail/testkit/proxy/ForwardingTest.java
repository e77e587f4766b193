package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardingTest extends ProxyTestCase {

    @Test
    void octets_passBothWaysAndAreCounted() throws IOException {
        Socket client = client();
        Socket peer = peer();
        send(client, "hello");
        assertReceives("hello", peer);
        send(peer, "good day");
        assertReceives("good day", client);
        assertEquals(new ProxyCounts(1, 1, 0, 5, 8, 0, 8, Map.of()), proxy().counts());
    }

    @Test
    void clientsHalfClose_leavesTheOtherDirection() throws IOException {
        assertHalfCloses(client(), peer());
    }

    @Test
    void serversHalfClose_leavesTheOtherDirection() throws IOException {
        Socket client = client();
        assertHalfCloses(peer(), client);
    }

    private void assertHalfCloses(Socket first, Socket second) throws IOException {
        send(first, "all I have to say");
        first.shutdownOutput();
        assertReceivesEnd("all I have to say", second);
        send(second, "thank you");
        assertReceives("thank you", first);
        assertEquals(1, proxy().counts().open());
        second.close();
        assertReceivesEnd("", first);
        await(() -> proxy().counts().open() == 0);
    }

    @Test
    void reset_isPassedOnBothWays() throws IOException {
        Socket client = client();
        Socket peer = peer();
        reset(client);
        assertReset("", peer);
        Socket secondClient = client();
        reset(peer());
        assertReset("", secondClient);
        await(() -> proxy().counts().open() == 0);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    void unreachableTarget_resetsTheClient() throws IOException {
        int unused;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = closed.getLocalPort();
        }
        proxyTo(unused);
        assertTurnedAway();
        assertEquals(1, proxy().counts().unreachable());
        assertEquals(0, proxy().counts().open());
    }

    @Test
    void manyConnections_keepTheirOctetsApart() throws IOException {
        EchoServer echo = closing(new EchoServer());
        proxyTo(echo.port());
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(client());
        }
        for (Socket client : clients) {
            send(client, "this is " + client.getLocalPort());
            client.shutdownOutput();
        }
        for (Socket client : clients) {
            assertReceivesEnd("this is " + client.getLocalPort(), client);
        }
        assertEquals(200, proxy().counts().connections());
        await(() -> proxy().counts().open() == 0);
    }

    @Test
    void builder_checksItsValues() {
        FaultProxy.Builder builder = FaultProxy.builder(targetPort());
        assertThrows(IllegalArgumentException.class, () -> builder.bufferBytes(1_023));
        assertThrows(IllegalArgumentException.class, () -> builder.bufferBytes(Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> FaultProxy.builder(0));
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("mail.example.com", 993);
        assertThrows(IllegalArgumentException.class, () -> FaultProxy.builder(unresolved));
    }
}
