package dev.steadymail.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

final class WebServerWatchTest {
    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final WebServerWatch watch = new WebServerWatch(new MockEnvironment());
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fatal.add(failure));
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void look_nobodyListensSeveralTimes_isFatalOnce() throws IOException {
        InetSocketAddress address;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = (InetSocketAddress) listening.getLocalSocketAddress();
            watch.look(address);
        }
        for (int i = 1; i < WebServerWatch.REFUSALS; i++) {
            watch.look(address);
        }
        assertEquals(List.of(), fatal);
        watch.look(address);
        watch.look(address);
        assertEquals(1, fatal.size());
    }

    /** Somebody who listens and takes nothing is busy, not gone. */
    @Test
    void look_fullServer_isLeftAlone() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2 * WebServerWatch.REFUSALS; i++) {
                watch.look((InetSocketAddress) listening.getLocalSocketAddress());
            }
        }
        assertEquals(List.of(), fatal);
    }
}
