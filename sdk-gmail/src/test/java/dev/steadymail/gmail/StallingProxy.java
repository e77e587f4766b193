package dev.steadymail.gmail;

import dev.steadymail.testkit.conformance.MailFixture.Stall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Passes octets on to a server, except while stalled: then requests are swallowed. Thread-safe. */
final class StallingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch swallowed;

    StallingProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        daemon(this::accept);
    }

    String rootUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    Stall stall() {
        CountDownLatch first = new CountDownLatch(1);
        swallowed = first;
        return new Stall() {
            @Override
            public boolean awaitRequest(Duration limit) {
                try {
                    return first.await(limit.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            @Override
            public void close() {
                swallowed = null;
            }
        };
    }

    /** Returns whether every connection was closed by the client, waiting for it. */
    boolean awaitClosed(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (sockets) {
            while (!sockets.isEmpty() && System.nanoTime() - end < 0) {
                sockets.wait(50);
            }
            return sockets.isEmpty();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException ignored) {
            return;
        } finally {
            sockets.forEach(StallingProxy::close);
        }
    }

    private void accept() {
        try {
            while (true) {
                relay(listener.accept());
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void relay(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        daemon(() -> pump(client, server, true));
        daemon(() -> pump(server, client, false));
    }

    private void pump(Socket from, Socket to, boolean request) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                CountDownLatch stalled = swallowed;
                if (stalled != null && request) {
                    stalled.countDown();
                } else {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException closed) {
            close(to);
        } finally {
            synchronized (sockets) {
                sockets.remove(request ? from : to);
                sockets.notifyAll();
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "stalling-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
