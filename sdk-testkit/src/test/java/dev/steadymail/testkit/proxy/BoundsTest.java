package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BoundsTest extends ProxyTestCase {

    private static final int BUFFER = 65_536;
    private static final int MUCH = 32 << 20;

    @Test
    void receiverThatDoesNotRead_holdsUpTheSender() throws IOException {
        FaultProxy proxy = bounded();
        assertBounded(proxy, () -> {});
    }

    @Test
    void longDelay_holdsUpTheSender() throws IOException {
        FaultProxy proxy = bounded(new ProxyFault.Delay(Place.toServer(), Duration.ofHours(1)));
        assertBounded(proxy, proxy::clearFaults);
    }

    private FaultProxy bounded(ProxyFault... faults) {
        return closing(FaultProxy.builder(targetPort())
                .bufferBytes(BUFFER)
                .faults(faults)
                .start());
    }

    private void assertBounded(FaultProxy proxy, Runnable release) throws IOException {
        byte[] much = new byte[MUCH];
        new Random(1).nextBytes(much);
        try (Socket client = new Socket(proxy.address().getAddress(), proxy.port())) {
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> sendAll(client, much), task -> new Thread(task).start());
            Socket peer = peer();
            await(() -> proxy.counts().bufferedBytes() > BUFFER / 2);
            release.run();
            assertArrayEquals(much, peer.getInputStream().readAllBytes());
            sent.join();
        }
        assertTrue(
                proxy.counts().peakBufferedBytes() <= BUFFER,
                () -> proxy.counts().toString());
        assertEquals(0, proxy.counts().bufferedBytes());
    }

    private static void sendAll(Socket socket, byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_endsConnectionsAndThread() throws IOException {
        proxy().add(new ProxyFault.Delay(Place.toServer(), Duration.ofHours(1)));
        Socket client = client();
        Socket peer = peer();
        send(client, "never delivered");
        await(() -> proxy().counts().bufferedBytes() > 0);
        proxy().close();
        assertEnds(client);
        assertEnds(peer);
        assertNoThread();
        proxy().close();
        assertEquals(0, proxy().counts().open());
        assertEquals(0, proxy().counts().bufferedBytes());
        assertEquals(1, proxy().counts().connections());
    }

    @Test
    void close_endsEveryConnectionUnderAnyPlan() throws IOException {
        EchoServer echo = closing(new EchoServer());
        for (long seed = 1; seed <= 30; seed++) {
            ProxyPlan plan = ProxyPlan.random(seed, 12, 4, 300);
            proxyTo(echo.port());
            proxy().add(plan);
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                trySend(clients);
            }
            proxy().close();
            for (Socket client : clients) {
                assertEnds(client);
            }
            assertTrue(plan.faults().containsAll(proxy().counts().used().keySet()), plan::toString);
            assertEquals(0, proxy().counts().bufferedBytes(), plan::toString);
            assertNoThread();
        }
    }

    private void trySend(List<Socket> clients) {
        try {
            Socket client = client();
            clients.add(client);
            send(client, "0123456789".repeat(40));
            client.shutdownOutput();
        } catch (IOException reset) {
            // One of the plan's faults.
        }
    }

    /** Meets an end, in good order or not, before the socket's timeout. */
    private static void assertEnds(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            // An end as well.
        }
    }

    private void assertNoThread() {
        String name = "fault-proxy-" + proxy().port();
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name)));
    }
}
