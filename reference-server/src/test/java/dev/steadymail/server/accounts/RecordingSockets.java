package dev.steadymail.server.accounts;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** Makes sockets that note where they were to be connected to, and refuse. */
public final class RecordingSockets extends SocketFactory {
    private final List<SocketAddress> asked = new CopyOnWriteArrayList<>();

    public List<SocketAddress> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                asked.add(endpoint);
                throw new ConnectException("recorded");
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("a name must not be connected to");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("a name must not be connected to");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("without a limit");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("without a limit");
    }
}
