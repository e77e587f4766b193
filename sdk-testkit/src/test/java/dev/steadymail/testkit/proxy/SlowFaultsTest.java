package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowFaultsTest extends ProxyTestCase {

    private static final Duration EVER = Duration.ofHours(24);

    @Test
    void delay_lastsAtLeastItsLatencyEachWay() throws IOException {
        Duration latency = Duration.ofMillis(40);
        proxy().add(new ProxyFault.Delay(Place.toServer(), latency), new ProxyFault.Delay(Place.toClient(), latency));
        Socket client = client();
        Socket peer = peer();
        long start = System.nanoTime();
        send(client, "ping");
        assertReceives("ping", peer);
        assertTrue(System.nanoTime() - start >= latency.toNanos());
        send(peer, "pong");
        assertReceives("pong", client);
        assertTrue(System.nanoTime() - start >= 2 * latency.toNanos());
    }

    @Test
    void delay_holdsManyWritesSideBySide() throws IOException {
        var delay = new ProxyFault.Delay(Place.toServer().after(1), EVER);
        proxy().add(delay);
        Socket client = client();
        Socket peer = peer();
        send(client, "a");
        assertReceives("a", peer);
        send(client, "bc");
        await(() -> proxy().counts().bufferedBytes() == 2);
        send(client, "def");
        client.shutdownOutput();
        await(() -> proxy().counts().bufferedBytes() == 5);
        assertQuiet(peer);
        proxy().clearFaults();
        assertReceivesEnd("bcdef", peer);
        assertEquals(1, proxy().counts().used(delay));
    }

    @Test
    void reset_staysBehindDelayedOctets() throws IOException {
        var reset = new ProxyFault.Reset(Place.toServer().after(3));
        proxy().add(new ProxyFault.Delay(Place.toServer(), EVER), reset);
        Socket client = client();
        Socket peer = peer();
        send(client, "abcdef");
        await(() -> proxy().counts().bufferedBytes() == 3);
        assertEquals(0, proxy().counts().used(reset));
        proxy().clearFaults();
        assertReset("abc", peer);
        assertEquals(1, proxy().counts().used(reset));
    }

    @Test
    void laterDelay_doesNotOvertake() throws IOException {
        Socket client = client();
        Socket peer = peer();
        proxy().add(new ProxyFault.Delay(Place.toServer(), Duration.ofMillis(30)));
        send(client, "first");
        await(() -> proxy().counts().bufferedBytes() + proxy().counts().bytesToServer() == 5);
        proxy().add(new ProxyFault.Delay(Place.toServer(), Duration.ZERO));
        send(client, "second");
        assertReceives("firstsecond", peer);
    }

    @Test
    void throttle_lastsAtLeastAsLongAsItsPaceSays() throws IOException {
        var throttle = new ProxyFault.Throttle(Place.toClient(), 1_000);
        proxy().add(throttle);
        Socket client = client();
        Socket peer = peer();
        String text = "0123456789".repeat(20);
        long start = System.nanoTime();
        send(peer, text);
        assertReceives(text, client);
        // 200 octets in four portions of 50, the first two of which need not wait.
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
        assertEquals(1, proxy().counts().used(throttle));
    }

    @Test
    void clearFaults_endsAThrottle() throws IOException {
        proxy().add(new ProxyFault.Throttle(Place.toServer(), 1));
        Socket client = client();
        Socket peer = peer();
        String text = "0123456789".repeat(1_000);
        send(client, text);
        assertReceives("0", peer);
        proxy().clearFaults();
        assertReceives(text.substring(1), peer);
    }

    @Test
    void randomSlowness_keepsTheOctets() throws IOException {
        EchoServer echo = closing(new EchoServer());
        String text = "The quick brown fox. ".repeat(50);
        for (long seed = 1; seed <= 20; seed++) {
            ProxyPlan plan = ProxyPlan.random(seed, 20, 1, 500);
            proxyTo(
                    echo.port(),
                    plan.faults().stream().filter(SlowFaultsTest::isSlowness).toArray(ProxyFault[]::new));
            Socket client = client();
            send(client, text);
            client.shutdownOutput();
            assertReceivesEnd(text, client);
        }
    }

    private static boolean isSlowness(ProxyFault fault) {
        return fault instanceof ProxyFault.Delay
                || fault instanceof ProxyFault.Throttle
                || fault instanceof ProxyFault.OneByteWrites;
    }
}
