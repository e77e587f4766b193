package dev.steadymail.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A target that the test plays by hand, a proxy before it, and clients. Whatever is opened here is closed after the test. */
abstract class ProxyTestCase {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int BACKLOG = 1_000;
    private static final int QUIET_MILLIS = 30;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ServerSocket target = listen();
    private FaultProxy proxy = proxyTo(target.getLocalPort());

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    private ServerSocket listen() {
        try {
            return closing(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    FaultProxy proxyTo(int port, ProxyFault... faults) {
        proxy = closing(FaultProxy.builder(port).faults(faults).start());
        return proxy;
    }

    /** The proxy made last. */
    FaultProxy proxy() {
        return proxy;
    }

    int targetPort() {
        return target.getLocalPort();
    }

    Socket client() throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
    }

    /** The target's side of the oldest connection not taken yet. */
    Socket peer() throws IOException {
        target.setSoTimeout(Math.toIntExact(DEADLINE.toMillis()));
        return patient(target.accept());
    }

    private Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(Math.toIntExact(DEADLINE.toMillis()));
        return closing(socket);
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static void assertReceives(String expected, Socket socket) throws IOException {
        byte[] octets = socket.getInputStream().readNBytes(expected.length());
        assertEquals(expected, new String(octets, StandardCharsets.US_ASCII));
    }

    static void assertReceivesEnd(String expected, Socket socket) throws IOException {
        assertEquals(expected, new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    /** Receives a reset behind a beginning of the text, since a reset may overtake octets. */
    static void assertReset(String before, Socket socket) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        assertThrows(SocketException.class, () -> socket.getInputStream().transferTo(received));
        assertTrue(before.startsWith(received.toString(StandardCharsets.US_ASCII)), received::toString);
    }

    /** Connects and is reset, which connecting itself may already notice. */
    void assertTurnedAway() {
        assertThrows(SocketException.class, () -> client().getInputStream().read());
    }

    /** Sees no octet and no end for a moment: a proxy that is late hides an error here, but never causes one. */
    static void assertQuiet(Socket socket) throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout(QUIET_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(patience);
    }

    static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < DEADLINE.toNanos(), "what was awaited did not happen");
            Thread.onSpinWait();
        }
    }
}
