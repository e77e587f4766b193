package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.core.env.Environment;

/** What becomes of a request that is being answered when the server is told to end. */
final class DrainTest {
    @TempDir
    Path temp;

    @Test
    @Timeout(120)
    void close_whileARequestIsAnswered_refusesNewOnesFirstAndAnswersIt() throws IOException, InterruptedException {
        RunningServer server = RunningServer.start(temp);
        ApplicationAvailability availability = server.bean(ApplicationAvailability.class);
        int port = server.bean(Environment.class).getRequiredProperty("local.server.port", Integer.class);
        assertEquals(ReadinessState.ACCEPTING_TRAFFIC, availability.getReadinessState());
        String token = server.token();
        Thread closing = new Thread(server::close);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            send(
                    socket,
                    "POST /api/v1/accounts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            // Told once the body is being read: the request is in the server's hands.
            assertTrue(answer.readLine().contains(" 100"));
            answer.readLine();

            closing.start();
            while (availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            send(socket, "{}");

            assertTrue(answer.readLine().contains(" 4"), "refused for its content, and not cut off");
        }
        closing.join();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
